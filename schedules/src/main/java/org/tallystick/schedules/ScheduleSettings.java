package org.tallystick.schedules;

import java.time.DateTimeException;
import java.time.ZoneId;
import org.quartz.CronExpression;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// When the nightly run is wanted; `tallystick.nightly.*`.
///
/// @param cron a Quartz cron expression: seconds, minutes, hours, day of month, month, day of week
/// @param zone the zone that the expression is read in
@ConfigurationProperties("tallystick.nightly")
public record ScheduleSettings(
    @DefaultValue("0 30 2 * * ?") String cron, @DefaultValue("UTC") String zone) {

  public ScheduleSettings {
    if (!CronExpression.isValidExpression(cron)) {
      throw new IllegalArgumentException(
          "tallystick.nightly.cron must be a Quartz cron expression like 0 30 2 * * ?, was "
              + cron);
    }
    try {
      ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "tallystick.nightly.zone must be a time zone like Europe/Paris, was " + zone, e);
    }
  }
}
