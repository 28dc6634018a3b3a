package org.tallystick.readers;

/// A usage file that cannot be read, or is not of its format at all; nothing of it was taken in.
public final class UnreadableUsageFile extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UnreadableUsageFile(String message) {
    super(message);
  }
}
