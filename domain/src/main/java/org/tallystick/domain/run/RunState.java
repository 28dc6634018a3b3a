package org.tallystick.domain.run;

import java.util.Locale;

/// Where a run stands. A failed or stopped run is restarted; a posted one is history.
public enum RunState {
  REQUESTED,
  RUNNING,
  POSTED,
  FAILED,
  STOPPED;

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
