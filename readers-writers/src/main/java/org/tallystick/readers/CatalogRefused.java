package org.tallystick.readers;

/// A catalog file that cannot be applied as it is. The message names the file, the line, the field
/// and what was expected; nothing was changed.
public final class CatalogRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public CatalogRefused(String message) {
    super(message);
  }
}
