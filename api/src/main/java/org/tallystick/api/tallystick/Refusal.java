package org.tallystick.api.tallystick;

import java.util.Map;
import org.springframework.http.HttpStatus;

/// A request that is not done, and why: an RFC 9457 problem. Nothing was changed unless the message
/// says so.
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final HttpStatus status;
  private final transient Map<String, Object> members;

  Refusal(HttpStatus status, String message) {
    this(status, message, Map.of());
  }

  /// `members` stand in the problem beside its own.
  Refusal(HttpStatus status, String message, Map<String, Object> members) {
    super(message);
    this.status = status;
    this.members = Map.copyOf(members);
  }

  HttpStatus status() {
    return status;
  }

  Map<String, Object> members() {
    return members;
  }
}
