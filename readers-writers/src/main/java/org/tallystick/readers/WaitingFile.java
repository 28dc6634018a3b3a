package org.tallystick.readers;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.tallystick.domain.usage.UsageFormat;
import org.tallystick.domain.usage.UsageFormat.Layout;
import org.tallystick.domain.usage.UsageParser;

/// A usage file with suspended lines that wait.
///
/// @param format as it is declared now
/// @param columns what its lines fall into
/// @param since the day, in UTC, on which it was taken in
public record WaitingFile(
    UUID id,
    String name,
    String sha256,
    UsageFormat format,
    List<String> columns,
    LocalDate since,
    long lines) {

  /// The cells of a line; as many as columns, unless it does not fall into them.
  List<String> cells(String raw) {
    boolean isReject = RejectFile.isHeader(columns);
    var layout = isReject ? new Layout.Csv(columns, ',', '"') : format.layout();
    var cells = Columns.of(layout).split(raw);
    return isReject ? RejectFile.plain(cells) : cells;
  }

  /// Whose usage a line is, as far as it can be read.
  public Optional<String> subject(WaitingLine line) {
    return parser().subject(cells(line.raw()));
  }

  /// What kind of usage a line is, as far as it can be read.
  public Optional<String> type(WaitingLine line) {
    return parser().type(cells(line.raw()));
  }

  /// How much a line is, in base units, as far as it can be read.
  public Optional<BigDecimal> quantity(WaitingLine line) {
    return parser().quantity(cells(line.raw()));
  }

  private UsageParser parser() {
    return new UsageParser(format, columns);
  }
}
