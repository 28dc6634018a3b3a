package org.tallystick.app.database;

/// The embedded database cannot be opened, stopped or deleted. The message is written for the
/// person at the command line and names the directory or file concerned; it may end in lines of a
/// log.
public final class DatabaseUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DatabaseUnavailable(String message) {
    super(message);
  }

  DatabaseUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
