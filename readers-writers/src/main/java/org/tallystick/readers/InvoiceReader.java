package org.tallystick.readers;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Posted documents, to be shown: invoices, credit notes and statements of credits. Of a statement
/// nothing is due: what is not settled with credit was `converted` to money, on an invoice, or had
/// been forgiven.
public final class InvoiceReader {

  private final JdbcClient jdbc;

  public InvoiceReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Numbered invoices in the order of their numbers; if `customer` is not empty, those that the
  /// customer pays and those with lines of the customer. A consolidated one has no contract.
  public List<Map<String, @Nullable Object>> list(String customer) {
    return jdbc.sql(
            """
            select i.series || '-' || lpad(i.sequence::text, 6, '0') as number,
                   i.issue_date::text as issue_date, c.key as customer, k.key as contract,
                   i.currency, i.total, i.credit, i.due
              from invoice i
              join customer c on c.id = i.customer_id
              left join contract k on k.id = i.contract_id
             where i.sequence is not null
               and (:customer = '' or c.key = :customer
                    or i.customer_id = (select u.payer_id from customer u where u.key = :customer)
                   and exists (select from invoice_line l
                                 join customer u on u.id = l.customer_id and u.key = :customer
                                where l.invoice_id = i.id))
             order by i.series desc, i.sequence\
            """)
        .param("customer", customer)
        .query()
        .listOfRows();
  }

  /// The head of an invoice; none if there is no such number. A consolidated one has no contract.
  public List<Map<String, @Nullable Object>> head(InvoiceNumber number) {
    return jdbc.sql(
            """
            select i.issue_date::text as issue_date, c.key as customer, c.name as customer_name,
                   k.key as contract, i.currency, i.total, i.credit, i.due, i.converted,
                   r.run_no, c.zone
              from invoice i
              join customer c on c.id = i.customer_id
              left join contract k on k.id = i.contract_id
              join business_run r on r.id = i.run_id
             where i.series = :series and i.sequence = :sequence\
            """)
        .param("series", number.series())
        .param("sequence", number.sequence())
        .query()
        .listOfRows();
  }

  /// The lines of an invoice, each with the customer whose usage it is, and the service period as
  /// that customer's local days.
  public List<Map<String, @Nullable Object>> lines(InvoiceNumber number) {
    return jdbc.sql(
            """
            select l.line_no, c.key as customer, c.name as customer_name, k.key as contract,
                   c.zone, l.name, l.category,
                   (l.starts at time zone c.zone)::date::text as period_from,
                   (l.ends at time zone c.zone)::date::text   as period_to,
                   l.quantity, l.unit, l.exact, l.whole, l.residue, l.invoiced_before, l.amount
              from invoice i
              join invoice_line l on l.invoice_id = i.id
              join customer c on c.id = l.customer_id
              join contract_item t on t.id = l.item_id
              join contract k on k.id = t.contract_id
             where i.series = :series and i.sequence = :sequence
             order by l.line_no\
            """)
        .param("series", number.series())
        .param("sequence", number.sequence())
        .query()
        .listOfRows();
  }

  /// The parts of an invoice's lines: how each exact amount came about. A tier's units and flat
  /// price come with its bounds, as its terms have them: over `tier_from`, up to `tier_up_to`.
  public List<Map<String, @Nullable Object>> parts(InvoiceNumber number) {
    return jdbc.sql(
            """
            select p.line_no, p.key,
                   case when t.tier > 1 then t.tiers -> (t.tier - 2) ->> 'upTo' end as tier_from,
                   t.tiers -> (t.tier - 1) ->> 'upTo' as tier_up_to,
                   p.quantity, p.unit_price, p.amount
              from invoice i
              join invoice_line l on l.invoice_id = i.id
              join invoice_line_part p on p.invoice_id = l.invoice_id and p.line_no = l.line_no
              join terms s on s.id = l.terms_id
             cross join lateral (
                   select substring(p.key from '^tier-(\\d+)(?:-flat)?$')::int as tier,
                          (select v.value from jsonb_each(s.definition -> 'price') v) as tiers) t
             where i.series = :series and i.sequence = :sequence
             order by p.line_no, p.part_no\
            """)
        .param("series", number.series())
        .param("sequence", number.sequence())
        .query()
        .listOfRows();
  }

  /// The credit on an invoice's lines, and the grants it came from.
  public List<Map<String, @Nullable Object>> credit(InvoiceNumber number) {
    return jdbc.sql(
            """
            select d.line_no, g.key as grant_key, d.amount
              from invoice i
              join invoice_drawdown d on d.invoice_id = i.id
              join wallet_grant g on g.id = d.grant_id
             where i.series = :series and i.sequence = :sequence
             order by d.line_no, g.key\
            """)
        .param("series", number.series())
        .param("sequence", number.sequence())
        .query()
        .listOfRows();
  }
}
