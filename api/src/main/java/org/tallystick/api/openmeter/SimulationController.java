package org.tallystick.api.openmeter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.tallystick.sql.Json;

/// `POST /api/v1/billing/customers/{customerIdOrKey}/invoices/simulate`
@RestController
final class SimulationController {

  private static final int BYTES_MAX = 10_000_000;
  private static final String PATH =
      "/api/v1/billing/customers/{customerIdOrKey}/invoices/simulate";

  private final JdbcClient jdbc;
  private final Clock clock;

  SimulationController(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  @PostMapping(PATH)
  ResponseEntity<String> simulate(@PathVariable String customerIdOrKey, InputStream body)
      throws IOException {
    var instance = PATH.replace("{customerIdOrKey}", customerIdOrKey);
    var customer = customer(customerIdOrKey);
    if (customer.isEmpty()) {
      return problem(404, "Not Found", "there is no customer '" + customerIdOrKey + "'", instance);
    }
    var bytes = body.readNBytes(BYTES_MAX + 1);
    if (bytes.length > BYTES_MAX) {
      return problem(
          413, "Content Too Large", "expected at most " + BYTES_MAX + " bytes", instance);
    }
    try {
      return ResponseEntity.ok()
          .contentType(MediaType.APPLICATION_JSON)
          .body(
              Simulation.invoice(new String(bytes, UTF_8), customer.get(), clock.instant(), false));
    } catch (BadRequest e) {
      return ResponseEntity.badRequest()
          .contentType(MediaType.APPLICATION_PROBLEM_JSON)
          .body(Json.write(Problem.of(e, instance)));
    }
  }

  private Optional<Customer> customer(String idOrKey) {
    return jdbc
        .sql("select id, key, name from customer where key = :key or id = :id")
        .param("key", idOrKey)
        .param("id", Ulid.uuid(idOrKey).orElse(new UUID(0, 0)))
        .query((row, _) ->
            new Customer(
                Ulid.of(row.getObject("id", UUID.class)),
                row.getString("key"),
                row.getString("name")))
        .list()
        .stream()
        .findFirst();
  }

  private static ResponseEntity<String> problem(
      int status, String title, String detail, String instance) {
    return ResponseEntity.status(status)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(Json.write(Problem.of(status, title, detail, instance)));
  }
}
