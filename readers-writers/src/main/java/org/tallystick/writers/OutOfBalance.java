package org.tallystick.writers;

/// Control totals that do not agree. The run stops where it stands; nothing is posted on top.
public final class OutOfBalance extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public OutOfBalance(String message) {
    super("out of balance, " + message);
  }
}
