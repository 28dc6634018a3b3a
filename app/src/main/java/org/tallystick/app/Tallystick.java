package org.tallystick.app;

import org.tallystick.app.cli.CommandTree;

/// The command line's entry.
public final class Tallystick {

  private Tallystick() {}

  public static void main(String[] arguments) {
    System.exit(CommandTree.execute(arguments));
  }
}
