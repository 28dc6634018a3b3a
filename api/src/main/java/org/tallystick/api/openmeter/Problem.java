package org.tallystick.api.openmeter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// RFC 7807 problems in the shape of OpenMeter's UnexpectedProblemResponse.
public final class Problem {

  private Problem() {}

  /// What a bad request is answered with; `instance` names the request.
  public static Map<String, Object> of(BadRequest bad, String instance) {
    var message = String.valueOf(bad.getMessage());
    var problem = of(400, "Bad Request", message, instance);
    var error = new LinkedHashMap<String, Object>();
    error.put("field", bad.field());
    error.put("code", "validation_error");
    error.put("message", message);
    problem.put("extensions", Map.of("validationErrors", List.of(error)));
    return problem;
  }

  static Map<String, Object> of(int status, String title, String detail, String instance) {
    var problem = new LinkedHashMap<String, Object>();
    problem.put("type", "about:blank");
    problem.put("title", title);
    problem.put("status", status);
    problem.put("detail", detail);
    problem.put("instance", instance);
    return problem;
  }
}
