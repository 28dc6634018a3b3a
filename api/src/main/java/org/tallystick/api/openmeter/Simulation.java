package org.tallystick.api.openmeter;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.money.CurrencyUnit;
import javax.money.Monetary;
import javax.money.UnknownCurrencyException;
import org.tallystick.domain.digest.Sha256;
import org.tallystick.domain.time.ServicePeriod;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// OpenMeter's "simulate an invoice" (its document, operation simulateInvoice): lines with prices
/// and quantities in, the invoice that they would become out. Nothing is stored.
///
/// Rounds each detailed line and each discount, as OpenMeter does. Where the result differs from
/// OpenMeter's: `docs/reference/pricing-models.md`.
public final class Simulation {

  private static final int LINES_MAX = 10_000;

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  private Simulation() {}

  /// The invoice of `request` (InvoiceSimulationInput) as JSON (Invoice), for `customer`, as if it
  /// were created at `now`. Throws BadRequest with the field that is wrong. The same request has
  /// the same identifiers.
  public static String invoice(String request, Customer customer, Instant now, boolean isIndented) {
    var body = Field.body(request);
    var currency = currency(body.required("currency"));
    var inputs = body.required("lines").list();
    if (inputs.size() > LINES_MAX) {
      throw new BadRequest("lines", "expected at most " + LINES_MAX + " entries");
    }
    var lines = inputs.stream().map(LineInput::read).toList();
    var identity = Sha256.hex(request);
    var output = new LineOutput(currency, now, identity);
    var written = new ArrayList<Map<String, Object>>();
    var totals = Totals.ZERO;
    for (int n = 0; n < lines.size(); n++) {
      var line = output.line(n, lines.get(n));
      written.add(line.json());
      totals = totals.plus(line.totals());
    }
    var invoice = new LinkedHashMap<String, Object>();
    invoice.put("id", Ulid.of(identity));
    invoice.put("createdAt", now.toString());
    invoice.put("updatedAt", now.toString());
    invoice.put("type", "standard");
    invoice.put("supplier", Map.of());
    invoice.put("customer", customer.json());
    invoice.put("number", body.optional("number").map(f -> f.text(256)).orElse("INV-SIMULATED"));
    invoice.put("currency", currency.getCurrencyCode());
    invoice.put("totals", totals.json());
    invoice.put("status", "draft");
    invoice.put("statusDetails", statusDetails());
    if (!lines.isEmpty()) {
      invoice.put("period", LineOutput.period(span(lines)));
    }
    invoice.put("workflow", workflow(identity));
    invoice.put("lines", written);
    return (isIndented
            ? MAPPER.rebuild().enable(SerializationFeature.INDENT_OUTPUT).build()
            : MAPPER)
        .writeValueAsString(invoice);
  }

  private static CurrencyUnit currency(Field field) {
    var code = field.text(3);
    try {
      var currency = Monetary.getCurrency(code);
      if (currency.getDefaultFractionDigits() >= 0) {
        return currency;
      }
    } catch (UnknownCurrencyException e) {
      throw field.refuse("an ISO 4217 currency like \"USD\"");
    }
    throw field.refuse("a currency with minor units");
  }

  private static Map<String, Object> statusDetails() {
    var details = new LinkedHashMap<String, Object>();
    details.put("immutable", false);
    details.put("failed", false);
    details.put("extendedStatus", "draft.created");
    details.put("availableActions", Map.of());
    return details;
  }

  private static Map<String, Object> workflow(String identity) {
    var workflow = new LinkedHashMap<String, Object>();
    workflow.put("sourceBillingProfileId", Ulid.of(identity + "/profile"));
    workflow.put("workflow", Map.of());
    return workflow;
  }

  private static ServicePeriod span(List<LineInput> lines) {
    return new ServicePeriod(
        lines.stream().map(l -> l.period().starts()).min(Comparator.naturalOrder()).orElseThrow(),
        lines.stream().map(l -> l.period().ends()).max(Comparator.naturalOrder()).orElseThrow());
  }

  /// InvoiceTotals: plain sums of rounded amounts; taxes are not there yet.
  record Totals(BigDecimal amount, BigDecimal charges, BigDecimal discounts) {

    static final Totals ZERO = new Totals(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

    Totals plus(Totals other) {
      return new Totals(
          amount.add(other.amount), charges.add(other.charges), discounts.add(other.discounts));
    }

    Map<String, Object> json() {
      var json = new LinkedHashMap<String, Object>();
      json.put("amount", plain(amount));
      json.put("chargesTotal", plain(charges));
      json.put("discountsTotal", plain(discounts));
      json.put("taxesInclusiveTotal", "0");
      json.put("taxesExclusiveTotal", "0");
      json.put("taxesTotal", "0");
      json.put("total", plain(amount.add(charges).subtract(discounts)));
      return json;
    }
  }

  /// OpenMeter's Numeric: no exponent, no trailing zeros.
  static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
