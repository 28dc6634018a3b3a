package org.tallystick.writers.catalog;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.readers.YamlNode;
import org.tallystick.sql.Query;

/// Writes whose a subject is, and when. A customer whose subjects changed is metered anew, and the
/// next run bills the difference.
final class SubjectWriter {

  private final JdbcClient jdbc;
  private final ContractWriter contracts;

  SubjectWriter(JdbcClient jdbc, ContractWriter contracts) {
    this.jdbc = jdbc;
    this.contracts = contracts;
  }

  /// Makes the subjects that `customer` declares its own, and no others; days are those of `zone`.
  void write(YamlNode customer, ZoneId zone) {
    var id =
        jdbc.sql("select id from customer where key = :key")
            .param("key", customer.text("key"))
            .query(UUID.class)
            .single();
    var declared = customer.mappings("subjects", "subject");
    declared.forEach(subject -> requireTime(subject, zone));
    long changes =
        jdbc.sql(Query.of("write-subjects"))
            .param("customer", id)
            .param("subjects", texts(declared, subject -> subject.text("subject")))
            .param(
                "starts",
                texts(declared, subject -> bound(subject, "from", zone).orElse("-infinity")))
            .param(
                "ends", texts(declared, subject -> bound(subject, "to", zone).orElse("infinity")))
            .query(Long.class)
            .single();
    if (changes > 0) {
      contracts.meterAnew(id);
    }
  }

  /// Refuses a customer who has a subject while somebody else has it; to be asked once all
  /// customers are written, so that a subject may go from one to another in one file.
  void requireSoleOwner(YamlNode customer) {
    jdbc.sql(
            """
            select s.subject, d.key
              from customer c
              join subject s on s.customer_id = c.id and s.ended_in is null
              join subject o on o.subject = s.subject and o.ended_in is null
                            and o.starts < s.ends and o.ends > s.starts and o.ctid <> s.ctid
              join customer d on d.id = o.customer_id
             where c.key = :key
             order by s.subject, d.key
             limit 1\
            """)
        .param("key", customer.text("key"))
        .query((row, _) ->
            customer.refuse(
                "subjects",
                "subject %s belongs to customer '%s' at the same time"
                    .formatted(row.getString("subject"), row.getString("key"))))
        .optional()
        .ifPresent(refused -> {
          throw refused;
        });
  }

  private static void requireTime(YamlNode subject, ZoneId zone) {
    subject.only("subject", "from", "to");
    var from = instant(subject, "from", zone);
    var to = instant(subject, "to", zone);
    if (from.isPresent() && to.isPresent() && !to.get().isAfter(from.get())) {
      throw subject.refuse("to", "expected a time after " + subject.text("from"));
    }
  }

  private static String[] texts(List<YamlNode> subjects, Function<YamlNode, String> text) {
    return subjects.stream().map(text).toArray(String[]::new);
  }

  private static Optional<String> bound(YamlNode subject, String field, ZoneId zone) {
    return instant(subject, field, zone).map(Instant::toString);
  }

  /// A day begins at its first instant in the customer's zone.
  private static Optional<Instant> instant(YamlNode subject, String field, ZoneId zone) {
    return subject.has(field)
        ? Optional.of(
            subject.value(
                field,
                "a day like 1993-10-01 or a time like 1993-10-01T07:00:00Z",
                text ->
                    text.contains("T")
                        ? Instant.parse(text)
                        : LocalDate.parse(text).atStartOfDay(zone).toInstant()))
        : Optional.empty();
  }
}
