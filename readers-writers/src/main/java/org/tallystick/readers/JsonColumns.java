package org.tallystick.readers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The single values in the objects of a JSON file whose format is not known.
final class JsonColumns {

  private static final int DEPTH_MAX = 5;
  private static final int COLUMNS_MAX = 200;

  private JsonColumns() {}

  /// Column → path to it, in the order in which they first appear. A column has the name of its
  /// value, with those of the objects around it where it is not the only one of that name.
  static SequencedMap<String, String> of(List<String> lines) {
    var columns = new LinkedHashMap<String, String>();
    for (var line : lines) {
      try {
        add(columns, JsonMapper.shared().readTree(line), "$", "", 0);
      } catch (JacksonException e) {
        // told when the line is read by the format
      }
    }
    if (columns.isEmpty()) {
      throw new UnreadableFile("expected JSON objects with values in them");
    }
    return columns;
  }

  static SequencedMap<String, String> pointers(SequencedMap<String, String> columns) {
    var pointers = new LinkedHashMap<String, String>();
    columns.forEach((name, path) -> pointers.put(name, JsonPath.pointer(path)));
    return pointers;
  }

  private static void add(
      Map<String, String> columns, JsonNode object, String path, String prefix, int depth) {
    for (var field : object.properties()) {
      var name = field.getKey();
      var at =
          path + (name.matches("[\\p{L}_][\\p{L}\\p{N}_-]*") ? "." + name : "['" + name + "']");
      if (field.getValue().isObject() && depth < DEPTH_MAX) {
        add(columns, field.getValue(), at, prefix + name + "_", depth + 1);
      } else if (field.getValue().isValueNode()
          && !name.contains("'")
          && !columns.containsValue(at)
          && columns.size() < COLUMNS_MAX) {
        columns.putIfAbsent(columns.containsKey(name) ? prefix + name : name, at);
      }
    }
  }
}
