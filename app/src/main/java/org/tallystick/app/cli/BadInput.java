package org.tallystick.app.cli;

/// What was typed is well-formed and means nothing; exit 2.
final class BadInput extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BadInput(String message) {
    super(message);
  }
}
