package org.tallystick.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.app.session.Session;
import org.tallystick.domain.run.RunKind;
import org.tallystick.jobs.Progress;
import org.tallystick.readers.RunReader;

/// A real trigger of the real scheduler, in its tables, fires and requests the nightly run, which
/// is executed.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ScheduleTest {

  @Test
  void aTriggerFiresAndTheNightlyRunIsPosted() throws Exception {
    var address = World.newDatabase();
    try (var world = new World(address, Map.of());
        var connection = world.connect();
        var statement = connection.createStatement()) {
      world.apply(World.CATALOG);
      statement.execute(
          """
          create function tell_posted() returns trigger language plpgsql as $$
          begin perform pg_notify('posted', new.kind); return null; end $$\
          """);
      statement.execute(
          """
          create trigger tell_posted after update on business_run for each row
            when (new.state = 'posted') execute function tell_posted()\
          """);
      statement.execute("listen posted");
      var everySecond =
          Map.of(
              "spring.profiles.active", "serve",
              "spring.autoconfigure.exclude", "",
              "tallystick.nightly.cron", "* * * * * ?");
      try (var serving = Session.at(address, Progress.SILENT, everySecond)) {
        var posted = connection.unwrap(PGConnection.class).getNotifications(60_000);
        assertThat(posted).hasSize(1);
        assertThat(posted[0].getParameter()).isEqualTo("nightly");
        var run = new RunReader(serving.get(JdbcClient.class)).latest(1).getFirst();
        assertThat(run.kind()).isEqualTo(RunKind.NIGHTLY);
        assertThat(run.requestedAt().atZone(ZoneOffset.UTC).toLocalDate())
            .isBetween(run.date(), run.date().plusDays(1));
        assertThat(run.date()).isAfter(LocalDate.of(2026, 1, 1));
        assertThat(
                world.count(
                    "select count(*) from qrtz_cron_triggers where cron_expression = '* * * * *"
                        + " ?'"))
            .isOne();
      }
    }
  }
}
