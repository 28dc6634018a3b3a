package org.tallystick.domain.usage;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.SortedMap;
import org.tallystick.domain.digest.Sha256;
import org.tallystick.domain.time.IsoInstant;

/// One immutable fact: `subject` used `quantity` base units of `type` in [starts, ends).
///
/// (source, id) is its identity: the same identity with the same content is a duplicate, with other
/// content a conflict. `ends` may equal `starts`: a job of zero seconds is usage of zero.
public record UsageRecord(
    String source,
    String id,
    String type,
    String subject,
    Instant starts,
    Instant ends,
    BigDecimal quantity,
    SortedMap<String, String> dimensions) {

  public UsageRecord {
    if (ends.isBefore(starts)) {
      throw new IllegalArgumentException("record must not end before it starts, was " + ends);
    }
  }

  /// SHA-256 of the content, whatever the file it came in: fields that are equal as values digest
  /// the same (1.50 and 1.5).
  public byte[] digest() {
    var content = new StringBuilder();
    append(content, type);
    append(content, subject);
    append(content, IsoInstant.text(starts));
    append(content, IsoInstant.text(ends));
    append(content, quantity.stripTrailingZeros().toPlainString());
    dimensions.forEach((name, value) -> {
      append(content, name);
      append(content, value);
    });
    return Sha256.of(content.toString());
  }

  private static void append(StringBuilder content, String field) {
    content.append(field.length()).append(':').append(field);
  }
}
