package org.tallystick.api.tallystick;

import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.util.LinkedHashMap;
import java.util.TreeMap;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.tallystick.sql.Json;

/// Answers refused requests with RFC 9457 problems.
@RestControllerAdvice(basePackageClasses = Problems.class)
final class Problems {

  /// The member that tells where an upload stands; told as the header of the same meaning too.
  static final String OFFSET_EXPECTED = "expected-offset";

  @ExceptionHandler
  ResponseEntity<String> refused(Refusal refusal, HttpServletRequest request) {
    var problem = new LinkedHashMap<String, Object>();
    problem.put("type", "about:blank");
    problem.put("title", refusal.status().getReasonPhrase());
    problem.put("status", refusal.status().value());
    problem.put("detail", String.valueOf(refusal.getMessage()));
    problem.put("instance", request.getRequestURI());
    problem.putAll(new TreeMap<>(refusal.members()));
    var answer =
        ResponseEntity.status(refusal.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
    var offset = refusal.members().get(OFFSET_EXPECTED);
    if (offset != null) {
      answer.header(UploadController.OFFSET, offset.toString());
    }
    return answer.body(Json.pretty(problem));
  }

  /// Hardly ever read: who sent the body is gone.
  @ExceptionHandler
  ResponseEntity<String> brokenOff(EOFException broken, HttpServletRequest request) {
    return refused(badRequest(String.valueOf(broken.getMessage())), request);
  }

  static Refusal badRequest(String message) {
    return new Refusal(HttpStatus.BAD_REQUEST, message);
  }

  static Refusal notFound(String message) {
    return new Refusal(HttpStatus.NOT_FOUND, message);
  }
}
