package org.tallystick.readers;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tallystick.domain.usage.Disposition.Accepted;
import org.tallystick.domain.usage.Disposition.Filtered;
import org.tallystick.domain.usage.Disposition.Suspended;
import org.tallystick.domain.usage.UsageRecord;
import org.tallystick.readers.ParsedLine.Origin;

/// Neighbouring lines of a file, parsed and laid out for writing.
///
/// @param records in the order of their identities, the same for everybody, so that two who want
///   the same identities wait for each other in one direction only
/// @param aside filtered and suspended lines
/// @param origins by line: the suspended line of another file that comes back as it
/// @param firstLine counted from 1
/// @param lines all, those without a row too: comments, a header, blank lines
public record LineBlock(
    List<RecordLine> records,
    List<ParsedLine> aside,
    SortedMap<Long, Origin> origins,
    long firstLine,
    long lines) {

  private static final Comparator<RecordLine> BY_IDENTITY =
      Comparator.comparing((RecordLine line) -> line.record().id())
          .thenComparing(line -> line.record().source())
          .thenComparingLong(RecordLine::number);

  /// Lays out `lines`, which are not empty and follow each other.
  static LineBlock of(List<ParsedLine> lines) {
    var records = new ArrayList<RecordLine>();
    var aside = new ArrayList<ParsedLine>();
    var origins = new TreeMap<Long, Origin>();
    for (var parsed : lines) {
      switch (parsed.disposition()) {
        case Accepted(var record) ->
            records.add(new RecordLine(parsed.line(), record, record.digest()));
        case Filtered _, Suspended _ -> aside.add(parsed);
        case null -> {}
      }
      if (parsed.origin() != null) {
        origins.put(parsed.line().number(), parsed.origin());
      }
    }
    records.sort(BY_IDENTITY);
    return new LineBlock(records, aside, origins, lines.getFirst().line().number(), lines.size());
  }

  public long lastLine() {
    return firstLine + lines - 1;
  }

  /// A line that is a record. It is never compared.
  @SuppressWarnings("ArrayRecordComponent")
  public record RecordLine(RawLine line, UsageRecord record, byte[] digest) {

    /// What the message of a conflict says after the identity.
    public static final String IN_CONFLICT = " is known with other content";

    public long number() {
      return line.number();
    }

    /// As messages name it.
    public String identity() {
      return record.source() + "/" + record.id();
    }
  }
}
