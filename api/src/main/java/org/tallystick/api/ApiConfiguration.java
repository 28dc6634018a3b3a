package org.tallystick.api;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Profile;
import org.tallystick.api.openmeter.OpenMeterConfiguration;
import org.tallystick.api.tallystick.TallystickConfiguration;

/// The HTTP APIs, in a process that serves.
@Configuration(proxyBeanMethods = false)
@Profile("serve")
@Import({OpenMeterConfiguration.class, TallystickConfiguration.class})
public class ApiConfiguration {

  @Bean
  FilterRegistrationBean<ApiKeyFilter> apiKeyFilter(@Value("${tallystick.api.key:}") String key) {
    var registration = new FilterRegistrationBean<>(new ApiKeyFilter(key));
    registration.addUrlPatterns("/api/*");
    registration.setEnabled(!key.isEmpty());
    return registration;
  }
}
