package org.tallystick.readers;

import java.io.Reader;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// A mapping of a YAML (or JSON) document that knows where it stands, so that whatever is wrong
/// with it is told with file, line and field. Scalars are kept as they are written: 1.20 stays
/// 1.20.
public final class YamlNode {

  private static final int CODE_POINTS_MAX = 256 << 20;

  private final String file;
  private final String path;
  private final Node node;
  private final Map<String, Node> fields = new LinkedHashMap<>();

  private YamlNode(String file, String path, Node node) {
    this.file = file;
    this.path = path;
    this.node = node;
    if (!(node instanceof MappingNode mapping)) {
      throw problem(node, path + " must have fields, found " + describe(node));
    }
    for (var tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw problem(tuple.getKeyNode(), "a field of " + path + " must have a plain name");
      }
      var name = key.getValue();
      if (fields.put(name, tuple.getValueNode()) != null) {
        throw problem(tuple.getKeyNode(), "field '" + name + "' is there twice");
      }
    }
  }

  /// Reads a document whose top is a mapping; `file` is how messages call it.
  public static YamlNode read(Reader document, String file) {
    var options = new LoaderOptions();
    options.setCodePointLimit(CODE_POINTS_MAX);
    // An entry says what it means; aliases could also make a document endless.
    options.setMaxAliasesForCollections(0);
    try {
      var top = new Yaml(options).compose(document);
      if (top == null) {
        throw new CatalogRefused(file + " is empty");
      }
      return new YamlNode(file, "the document", top);
    } catch (MarkedYAMLException e) {
      throw new CatalogRefused(
          file + " line " + (e.getProblemMark().getLine() + 1) + ": " + e.getProblem());
    } catch (YAMLException e) {
      throw new CatalogRefused(file + " is not YAML in UTF-8: " + e.getMessage());
    }
  }

  /// Refuses any field that is not in `allowed`.
  public YamlNode only(String... allowed) {
    var known = Set.of(allowed);
    fields.forEach((name, value) -> {
      if (!known.contains(name)) {
        throw problem(
            value,
            "unknown field '"
                + name
                + "' in "
                + path
                + "; expected one of "
                + String.join(", ", allowed));
      }
    });
    return this;
  }

  public boolean has(String field) {
    return fields.containsKey(field);
  }

  /// Whether `field` is there and is neither a list nor fields.
  public boolean isText(String field) {
    return fields.get(field) instanceof ScalarNode;
  }

  public Set<String> names() {
    return fields.keySet();
  }

  public String text(String field) {
    return scalar(field, required(field));
  }

  public Optional<String> optionalText(String field) {
    return has(field) ? Optional.of(text(field)) : Optional.empty();
  }

  /// A value that `parse` makes of the field's text; what it throws is told with line and field.
  public <T> T value(String field, String expected, Function<String, T> parse) {
    var text = text(field);
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw refuse(field, "expected " + expected + ", found '" + text + "'");
    }
  }

  public BigDecimal decimal(String field) {
    return value(field, "a decimal number", YamlNode::plainDecimal);
  }

  /// No exponent: 1e400000000 is short to write and endless to add.
  private static BigDecimal plainDecimal(String text) {
    if (!text.matches("[+-]?\\d{1,40}(\\.\\d{1,40})?")) {
      throw new IllegalArgumentException("not a plain decimal");
    }
    return new BigDecimal(text);
  }

  public BigDecimal decimal(String field, BigDecimal otherwise) {
    return has(field) ? decimal(field) : otherwise;
  }

  public LocalDate date(String field) {
    return value(field, "a date like 1993-10-01", LocalDate::parse);
  }

  public YamlNode mapping(String field) {
    return new YamlNode(file, field + " of " + path, required(field));
  }

  /// The mappings of a list; none if the field is not there.
  public List<YamlNode> mappings(String field) {
    var list = new ArrayList<YamlNode>();
    for (var item : items(field)) {
      list.add(new YamlNode(file, "an entry of " + field, item));
    }
    return list;
  }

  /// The mappings of a list, where a plain text stands for one with only that `name`.
  public List<YamlNode> mappings(String field, String name) {
    var list = new ArrayList<YamlNode>();
    for (var item : items(field)) {
      var node = item instanceof ScalarNode text ? mapping(name, text) : item;
      list.add(new YamlNode(file, "an entry of " + field, node));
    }
    return list;
  }

  private static MappingNode mapping(String name, ScalarNode text) {
    var start = text.getStartMark();
    var end = text.getEndMark();
    var key = new ScalarNode(Tag.STR, name, start, end, text.getScalarStyle());
    return new MappingNode(
        Tag.MAP, true, List.of(new NodeTuple(key, text)), start, end, FlowStyle.FLOW);
  }

  public List<String> texts(String field) {
    return items(field).stream().map(item -> scalar(field, item)).toList();
  }

  private List<Node> items(String field) {
    if (!has(field)) {
      return List.of();
    }
    if (required(field) instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    throw refuse(field, "expected a list, found " + describe(required(field)));
  }

  private Node required(String field) {
    var value = fields.get(field);
    if (value == null) {
      throw problem(node, "field '" + field + "' is missing in " + path);
    }
    return value;
  }

  private String scalar(String field, Node value) {
    if (value instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw refuse(field, "expected one value, found " + describe(value));
  }

  private static String describe(Node value) {
    return switch (value) {
      case ScalarNode scalar -> "'" + scalar.getValue() + "'";
      case SequenceNode _ -> "a list";
      default -> "fields";
    };
  }

  /// What is wrong with `field`, with its place.
  public CatalogRefused refuse(String field, String message) {
    return problem(fields.getOrDefault(field, node), "field '" + field + "': " + message);
  }

  /// What is wrong with the whole mapping, with its place.
  public CatalogRefused refuse(String message) {
    return problem(node, path + ": " + message);
  }

  private CatalogRefused problem(Node at, String message) {
    return new CatalogRefused(file + " line " + (at.getStartMark().getLine() + 1) + ": " + message);
  }

  /// The document as maps, lists and texts, maps in the order of their keys: its canonical content.
  public Map<String, Object> content() {
    return mappingContent((MappingNode) node);
  }

  private static Map<String, Object> mappingContent(MappingNode mapping) {
    var content = new TreeMap<String, Object>();
    for (var tuple : mapping.getValue()) {
      content.put(name(tuple.getKeyNode()), content(tuple.getValueNode()));
    }
    return content;
  }

  private static String name(Node key) {
    if (key instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw new CatalogRefused(
        "line " + (key.getStartMark().getLine() + 1) + ": a field must have a plain name");
  }

  private static Object content(Node node) {
    return switch (node) {
      case ScalarNode scalar -> scalar.getValue();
      case SequenceNode sequence -> sequence.getValue().stream().map(YamlNode::content).toList();
      case MappingNode mapping -> mappingContent(mapping);
      default -> throw new IllegalStateException("unexpected YAML node " + node.getTag());
    };
  }
}
