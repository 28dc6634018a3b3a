package org.tallystick.jobs;

/// A run that is not started, with the reason and what to do instead; nothing was changed.
public final class RunRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public RunRefused(String message) {
    super(message);
  }
}
