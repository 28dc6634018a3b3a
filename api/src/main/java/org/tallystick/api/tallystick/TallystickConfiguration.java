package org.tallystick.api.tallystick;

import jakarta.servlet.MultipartConfigElement;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.jobs.Lookout;
import org.tallystick.jobs.Runs;
import org.tallystick.writers.catalog.CatalogWriter;

/// What is served of Tallystick's own API.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(UploadSettings.class)
public class TallystickConfiguration {

  /// What a form may have beside its file.
  private static final long FORM_BYTES_MAX = 100_000;

  @Bean
  Uploads uploads(
      @Value("${tallystick.data:.tallystick}") String data, UploadSettings settings, Clock clock) {
    return new Uploads(folder(data), settings.sizeMax().toBytes(), clock);
  }

  /// Every part of a form goes to disk as it comes, beside the uploads, so that it can be moved.
  @Bean
  MultipartConfigElement multipartConfig(
      @Value("${tallystick.data:.tallystick}") String data, UploadSettings settings) {
    long bytesMax = settings.sizeMax().toBytes();
    return new MultipartConfigElement(
        folder(data).toString(), bytesMax, bytesMax + FORM_BYTES_MAX, 0);
  }

  private static Path folder(String data) {
    return Path.of(data).toAbsolutePath().normalize().resolve("uploads");
  }

  @Bean
  Lookout uploadedImports(Uploads uploads, Runs runs, JdbcClient jdbc) {
    return new Lookout("uploaded-imports", new UploadedImports(uploads, runs, jdbc)::look);
  }

  @Bean
  UploadAdmission admission(
      Runs runs, JdbcClient jdbc, Uploads uploads, @Qualifier("uploadedImports") Lookout imports) {
    return new UploadAdmission(runs, jdbc, uploads, imports);
  }

  @Bean
  UsageFileController usageFileController(Uploads uploads, UploadAdmission admission) {
    return new UsageFileController(uploads, admission);
  }

  @Bean
  UploadController uploadController(Uploads uploads, UploadAdmission admission) {
    return new UploadController(uploads, admission);
  }

  @Bean
  RunController runController(JdbcClient jdbc) {
    return new RunController(jdbc);
  }

  @Bean
  UsageFormatController usageFormatController(JdbcClient jdbc, CatalogWriter catalog) {
    return new UsageFormatController(jdbc, catalog);
  }

  @Bean
  Problems problems() {
    return new Problems();
  }
}
