package org.tallystick.writers.catalog;

import java.util.List;

/// What applying a catalog file does to one entry: `details` are its changed fields, before →
/// after.
public record CatalogChange(String action, String kind, String key, List<String> details) {

  public CatalogChange {
    details = List.copyOf(details);
  }
}
