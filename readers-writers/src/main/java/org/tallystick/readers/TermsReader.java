package org.tallystick.readers;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.catalog.RateCard;

/// The rate cards behind terms, each read once: terms never change.
public final class TermsReader {

  private final JdbcClient jdbc;
  private final Map<UUID, RateCard> cards = new ConcurrentHashMap<>();

  public TermsReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Reads those of `terms` that are not known yet, in one statement.
  public void prepare(Collection<UUID> terms) {
    var unknown = terms.stream().filter(id -> !cards.containsKey(id)).distinct().toList();
    if (unknown.isEmpty()) {
      return;
    }
    jdbc.sql("select id, definition::text from terms where id = any (:ids)")
        .param("ids", unknown.toArray(UUID[]::new))
        .query(row -> {
          var id = row.getObject("id", UUID.class);
          cards.put(id, RateCardReader.read(row.getString("definition"), "terms " + id));
        });
  }

  /// The rate card of prepared `terms`.
  public RateCard get(UUID terms) {
    var card = cards.get(terms);
    if (card == null) {
      throw new IllegalStateException("terms " + terms + " were not prepared");
    }
    return card;
  }
}
