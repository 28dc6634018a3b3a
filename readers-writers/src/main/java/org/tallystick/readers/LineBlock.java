package org.tallystick.readers;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.tallystick.domain.usage.Disposition.Accepted;
import org.tallystick.domain.usage.Disposition.Filtered;
import org.tallystick.domain.usage.Disposition.Suspended;
import org.tallystick.domain.usage.UsageRecord;

/// Neighbouring lines of a file, parsed and laid out for writing, and where the file goes on after
/// them.
///
/// @param records in the order of their identities, the same for everybody, so that two who want
///   the same identities wait for each other in one direction only
/// @param aside filtered and suspended lines
/// @param firstLine counted from 1
/// @param lines all, those without a row too: comments, a header, blank lines
public record LineBlock(
    List<RecordLine> records, List<ParsedLine> aside, long firstLine, long lines, Position end) {

  private static final Comparator<RecordLine> BY_IDENTITY =
      Comparator.comparing((RecordLine line) -> line.record().id())
          .thenComparing(line -> line.record().source())
          .thenComparingLong(RecordLine::number);

  /// Lays out `lines`, which are not empty and follow each other.
  static LineBlock of(List<ParsedLine> lines, Position end) {
    var records = new ArrayList<RecordLine>();
    var aside = new ArrayList<ParsedLine>();
    for (var parsed : lines) {
      switch (parsed.disposition()) {
        case Accepted(var record) ->
            records.add(new RecordLine(parsed.line(), record, record.digest()));
        case Filtered _, Suspended _ -> aside.add(parsed);
        case null -> {}
      }
    }
    records.sort(BY_IDENTITY);
    return new LineBlock(records, aside, lines.getFirst().line().number(), lines.size(), end);
  }

  public long lastLine() {
    return firstLine + lines - 1;
  }

  /// A line that is a record. It is never compared.
  @SuppressWarnings("ArrayRecordComponent")
  public record RecordLine(RawLine line, UsageRecord record, byte[] digest) {

    public long number() {
      return line.number();
    }
  }

  /// A place between two lines.
  ///
  /// @param offset uncompressed bytes before it
  /// @param lines physical lines before it
  /// @param isBroken whether the compressed stream broke off there
  public record Position(long offset, long lines, boolean isBroken) {

    static final Position START = new Position(0, 0, false);
  }
}
