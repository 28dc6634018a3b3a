package org.tallystick.app.session;

import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.tallystick.api.ApiConfiguration;
import org.tallystick.jobs.JobsConfiguration;
import org.tallystick.schedules.SchedulesConfiguration;
import org.tallystick.writers.catalog.CatalogWriter;

/// The application: the jobs, and the schedules and HTTP APIs in a process that serves.
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({JobsConfiguration.class, SchedulesConfiguration.class, ApiConfiguration.class})
class TallystickApplication {

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  CatalogWriter catalogWriter(DataSource dataSource, PlatformTransactionManager transactions) {
    return new CatalogWriter(dataSource, new TransactionTemplate(transactions));
  }
}
