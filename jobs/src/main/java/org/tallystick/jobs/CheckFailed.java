package org.tallystick.jobs;

/// A check found rows that should not be there.
final class CheckFailed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CheckFailed(int findings, String check, String first) {
    super("checks found " + findings + "; the first, " + check + ": " + first);
  }
}
