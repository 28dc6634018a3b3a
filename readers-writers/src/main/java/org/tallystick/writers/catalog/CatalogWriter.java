package org.tallystick.writers.catalog;

import java.io.StringReader;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.tallystick.readers.CatalogFile;
import org.tallystick.readers.CatalogFile.Declaration;
import org.tallystick.readers.CatalogFile.Kind;
import org.tallystick.readers.Factor;
import org.tallystick.readers.MeterReader;
import org.tallystick.readers.RateCardReader;
import org.tallystick.readers.UsageFormatReader;
import org.tallystick.readers.YamlNode;
import org.tallystick.sql.Json;

/// Applies catalog files: the declared state becomes the stored one, in one transaction. What was
/// declared before and is not in the file stays as it is; nothing is guessed from its absence.
public final class CatalogWriter {

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final CustomerWriter customers;
  private final SubjectWriter subjects;
  private final ContractWriter contracts;
  private final WalletWriter wallets;

  public CatalogWriter(DataSource dataSource, TransactionTemplate transaction) {
    this.jdbc = JdbcClient.create(dataSource);
    this.transaction = transaction;
    this.contracts = new ContractWriter(jdbc);
    this.subjects = new SubjectWriter(jdbc, contracts);
    this.customers = new CustomerWriter(jdbc, subjects);
    this.wallets = new WalletWriter(jdbc, dataSource);
  }

  /// Applies `file`, or only finds out what that would do. Throws
  /// [org.tallystick.readers.CatalogRefused] with nothing changed if it cannot be applied; a change
  /// to what was already billed is refused unless `repriceFrom` says from which day on it counts.
  public List<CatalogChange> apply(
      CatalogFile file, Optional<LocalDate> repriceFrom, boolean isDryRun) {
    var changes =
        transaction.execute(status -> {
          if (isDryRun) {
            status.setRollbackOnly();
          }
          return apply(file, repriceFrom);
        });
    return changes == null ? List.of() : changes;
  }

  private List<CatalogChange> apply(CatalogFile file, Optional<LocalDate> repriceFrom) {
    var stored = stored();
    var all = new LinkedHashMap<String, Declaration>();
    stored.forEach((id, entry) -> all.put(id, entry.declaration()));
    file.declarations().forEach(declared -> all.put(id(declared), declared));
    var changes = new ArrayList<CatalogChange>();
    var changed = new ArrayList<Declaration>();
    for (var declared : file.declarations()) {
      var before = stored.get(id(declared));
      var content = declared.node().content();
      if (before == null || !before.content().equals(content)) {
        changes.add(change(declared, before, content));
        changed.add(declared);
        note(file, declared, before == null ? 1 : before.revision() + 1, repriceFrom);
      }
    }
    changed.sort(
        Comparator.comparing(Declaration::kind)
            .thenComparing(declared -> CustomerWriter.isPaidFor(declared.node())));
    wallets.lock(
        changed.stream()
            .filter(declared -> declared.kind() == Kind.WALLET)
            .map(Declaration::node)
            .toList());
    for (var declared : changed) {
      resolve(declared, stored.containsKey(id(declared)), all, repriceFrom);
    }
    changed.forEach(this::requireConsistent);
    contracts.replan(changed, all, repriceFrom);
    if (!changes.isEmpty()) {
      jdbc.sql("analyze customer, subject, contract, contract_item, item_terms, terms").update();
    }
    return changes;
  }

  /// What can only be said when everything is written.
  private void requireConsistent(Declaration declared) {
    switch (declared.kind()) {
      case CUSTOMER -> subjects.requireSoleOwner(declared.node());
      case WALLET -> wallets.requireJobsPaid(declared.node());
      case FORMAT, METER, PLAN, CONTRACT -> {}
    }
  }

  private static CatalogChange change(
      Declaration declared, @Nullable Stored before, Map<String, Object> content) {
    return before == null
        ? new CatalogChange("added", declared.kind().code(), declared.key(), List.of())
        : new CatalogChange(
            "changed",
            declared.kind().code(),
            declared.key(),
            Difference.between(before.content(), content));
  }

  private void resolve(
      Declaration declared,
      boolean isKnown,
      Map<String, Declaration> all,
      Optional<LocalDate> repriceFrom) {
    switch (declared.kind()) {
      case FORMAT -> UsageFormatReader.read(declared.node());
      case METER -> writeMeter(declared.node(), isKnown);
      case PLAN -> checkPlan(declared.node());
      case CUSTOMER -> customers.write(declared.node(), isKnown, all);
      case CONTRACT -> contracts.write(declared.node(), all, repriceFrom);
      case WALLET -> wallets.write(declared.node(), all);
    }
  }

  private void writeMeter(YamlNode node, boolean isKnown) {
    var meter = MeterReader.read(node);
    if (isKnown) {
      throw node.refuse(
          "meter " + meter.key() + " cannot be changed once applied; declare another one");
    }
    var factor = Factor.of(node);
    jdbc.sql(
            """
            insert into meter (key, record_type, unit, factor_numerator, factor_divisor,
                   attribution, aggregation, value, dimensions, dimension)
            values (:key, :type, :unit, :numerator, :divisor,
                   :attribution, :aggregation, :value, :dimensions::jsonb, :dimension)\
            """)
        .param("key", meter.key())
        .param("type", meter.recordType())
        .param("unit", meter.unit())
        .param("numerator", factor.numerator())
        .param("divisor", factor.divisor())
        .param("attribution", stored(meter.attribution()))
        .param("aggregation", stored(meter.aggregation()))
        .param("value", stored(meter.value()))
        .param("dimensions", Json.write(meter.where()))
        .param("dimension", meter.dimension().orElse(null))
        .update();
  }

  private static String stored(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static void checkPlan(YamlNode plan) {
    plan.only("key", "from", "rateCards");
    if (plan.mappings("rateCards").isEmpty()) {
      throw plan.refuse("rateCards", "expected at least one rate card");
    }
    plan.mappings("rateCards").forEach(RateCardReader::read);
  }

  private void note(
      CatalogFile file, Declaration declared, int revision, Optional<LocalDate> repriceFrom) {
    jdbc.sql(
            """
            insert into catalog_entry (kind, key, revision, definition, reprice_from, file_name)
            values (:kind, :key, :revision, :definition::jsonb, :repriceFrom, :file)\
            """)
        .param("kind", declared.kind().code())
        .param("key", declared.key())
        .param("revision", revision)
        .param("definition", Json.write(declared.node().content()))
        .param("repriceFrom", repriceFrom.orElse(null))
        .param("file", file.name())
        .update();
  }

  private SequencedMap<String, Stored> stored() {
    var entries = new LinkedHashMap<String, Stored>();
    jdbc.sql(
            """
            select distinct on (kind, key) kind, key, revision, definition::text
              from catalog_entry order by kind, key, revision desc\
            """)
        .query(row -> {
          var stored =
              new Stored(
                  Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                  row.getString("key"),
                  row.getInt("revision"),
                  Json.read(row.getString("definition")));
          entries.put(id(stored.declaration()), stored);
        });
    return entries;
  }

  private static String id(Declaration declared) {
    return declared.kind().code() + " " + declared.key();
  }

  private record Stored(Kind kind, String key, int revision, Map<String, Object> content) {
    Declaration declaration() {
      var what = kind.code() + " " + key;
      return new Declaration(kind, key, YamlNode.read(new StringReader(Json.write(content)), what));
    }
  }
}
