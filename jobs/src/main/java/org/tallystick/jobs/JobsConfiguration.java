package org.tallystick.jobs;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/// Everything of this module.
@Configuration(proxyBeanMethods = false)
@ComponentScan
@EnableConfigurationProperties(BatchSettings.class)
public class JobsConfiguration {}
