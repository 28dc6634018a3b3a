package org.tallystick.api.openmeter;

/// A request that cannot be answered: `field` is the path of what is wrong with it.
public final class BadRequest extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String field;

  BadRequest(String field, String message) {
    super(field.isEmpty() ? message : "field '" + field + "': " + message);
    this.field = field;
  }

  /// `lines[0].quantity`; empty if it is the whole body.
  public String field() {
    return field;
  }
}
