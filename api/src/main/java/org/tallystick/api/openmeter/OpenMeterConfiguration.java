package org.tallystick.api.openmeter;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What is served of OpenMeter's API.
@Configuration(proxyBeanMethods = false)
public class OpenMeterConfiguration {

  @Bean
  SimulationController simulationController(JdbcClient jdbc, Clock clock) {
    return new SimulationController(jdbc, clock);
  }
}
