package org.tallystick.schedules;

import static org.quartz.CronScheduleBuilder.cronSchedule;
import static org.quartz.JobBuilder.newJob;
import static org.quartz.TriggerBuilder.newTrigger;

import java.util.TimeZone;
import org.quartz.JobDetail;
import org.quartz.Trigger;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.tallystick.jobs.Lookout;
import org.tallystick.jobs.Runs;

/// The schedules, in a process that serves. A night that was missed is not fired late: the next run
/// catches up by business date.
@Configuration(proxyBeanMethods = false)
@Profile("serve")
@EnableConfigurationProperties(ScheduleSettings.class)
public class SchedulesConfiguration {

  /// Executes requested runs, also those that another process requested.
  @Bean
  Lookout requestedRuns(Runs runs) {
    return new Lookout("requested-runs", _ -> runs.executeRequested());
  }

  @Bean
  JobDetail nightlyRequest() {
    return newJob(NightlyRequest.class).withIdentity("nightly").storeDurably().build();
  }

  @Bean
  Trigger nightlyTrigger(JobDetail nightlyRequest, ScheduleSettings settings) {
    return newTrigger()
        .forJob(nightlyRequest)
        .withIdentity("nightly")
        .withSchedule(
            cronSchedule(settings.cron())
                .inTimeZone(TimeZone.getTimeZone(settings.zone()))
                .withMisfireHandlingInstructionDoNothing())
        .build();
  }
}
