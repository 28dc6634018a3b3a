package org.tallystick.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.tallystick.domain.usage.UsageFormat;
import org.tallystick.readers.InputFile;
import org.tallystick.readers.LineBlockReader;
import org.tallystick.writers.DryRunReport;
import org.tallystick.writers.IntakeDryRun;
import org.tallystick.writers.IntakeFiles;

/// Imports that change nothing: files are read to their ends as an import reads them, and what it
/// would do is told. Refuses what an import refuses.
@Component
public class DryRuns {

  private final DataSource dataSource;
  private final JdbcClient jdbc;
  private final BatchSettings settings;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final Progress progress;

  DryRuns(
      DataSource dataSource,
      JdbcClient jdbc,
      BatchSettings settings,
      PlatformTransactionManager transactions,
      Clock clock,
      Progress progress) {
    this.clock = clock;
    this.dataSource = dataSource;
    this.jdbc = jdbc;
    this.settings = settings;
    this.transaction = new TransactionTemplate(transactions);
    this.progress = progress;
  }

  /// What an import of `paths`, one after the other, would do with each.
  public List<DryRunReport> importFiles(List<Path> paths, String formatKey) {
    var formats = new LinkedHashMap<InputFile, UsageFormat>();
    var contents = new HashSet<String>();
    for (var path : paths) {
      var file = InputFile.of(path);
      if (!contents.add(file.sha256())) {
        throw new RunRefused(path + " has the content of another file that is named");
      }
      formats.put(file, FileAdmission.format(jdbc, file, formatKey));
    }
    long lines = 0;
    for (var entry : formats.entrySet()) {
      FileAdmission.requireNotTaken(new IntakeFiles(jdbc), entry.getKey());
      entry.getKey().requireFormat(entry.getValue());
      lines += entry.getKey().countLines(entry.getValue());
    }
    progress.itemsExpected(lines);
    progress.stepStarts("dry run");
    var reports =
        transaction.execute(status -> {
          status.setRollbackOnly();
          var dryRun = new IntakeDryRun(dataSource);
          formats.forEach((file, format) -> read(file, format, dryRun));
          return dryRun.reports();
        });
    formats.keySet().forEach(InputFile::requireUnchanged);
    return reports;
  }

  private void read(InputFile file, UsageFormat format, IntakeDryRun dryRun) {
    dryRun.begin(file);
    var reader = new LineBlockReader(file, format, settings.chunkLines(), 0, clock.instant());
    reader.open(new ExecutionContext());
    try {
      for (var block = reader.read(); block != null; block = reader.read()) {
        dryRun.add(block);
        progress.itemsDone(block.lines());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      reader.close();
    }
  }
}
