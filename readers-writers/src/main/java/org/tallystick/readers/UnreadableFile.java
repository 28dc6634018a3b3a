package org.tallystick.readers;

/// A file of input that cannot be read, or is not of its format at all; nothing of it was taken in.
public final class UnreadableFile extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UnreadableFile(String message) {
    super(message);
  }
}
