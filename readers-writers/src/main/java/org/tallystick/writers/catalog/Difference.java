package org.tallystick.writers.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The fields in which two definitions differ, one line each: `rateCards[0].price.unit: 0.60 →
/// 0.55`.
final class Difference {

  private Difference() {}

  static List<String> between(Map<String, Object> before, Map<String, Object> after) {
    var found = new ArrayList<String>();
    compare("", before, after, found);
    return found;
  }

  private static void compare(
      String path, @Nullable Object before, @Nullable Object after, List<String> found) {
    if (before instanceof Map<?, ?> a && after instanceof Map<?, ?> b) {
      var names = new TreeSet<String>();
      a.keySet().forEach(name -> names.add(String.valueOf(name)));
      b.keySet().forEach(name -> names.add(String.valueOf(name)));
      for (var name : names) {
        compare(path.isEmpty() ? name : path + "." + name, a.get(name), b.get(name), found);
      }
    } else if (before instanceof List<?> a && after instanceof List<?> b) {
      for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
        compare(
            path + "[" + i + "]",
            i < a.size() ? a.get(i) : null,
            i < b.size() ? b.get(i) : null,
            found);
      }
    } else if (before == null ? after != null : !before.equals(after)) {
      found.add(path + ": " + shown(before) + " → " + shown(after));
    }
  }

  private static String shown(@Nullable Object value) {
    return value == null ? "(none)" : value.toString();
  }
}
