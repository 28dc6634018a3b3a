package org.tallystick.readers;

import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tallystick.domain.usage.UsageFormat;

/// The formats that usage files can be read by: those that the catalog declares, and those that
/// come along. A catalog's format of the same key wins.
public final class UsageFormats {

  private final JdbcClient jdbc;

  public UsageFormats(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// The keys of all, in their order.
  public List<String> keys() {
    var keys = new TreeSet<>(BuiltInFormats.KEYS);
    jdbc.sql("select distinct key from catalog_entry where kind = 'format'")
        .query((row, _) -> keys.add(row.getString("key")))
        .list();
    return List.copyOf(keys);
  }

  public boolean isDeclared(String key) {
    return declared(key).isPresent();
  }

  /// The format `key`.
  public Optional<UsageFormat> find(String key) {
    return declared(key).map(UsageFormatReader::read).or(() -> BuiltInFormats.format(key));
  }

  /// All by their keys.
  public SequencedMap<String, UsageFormat> all() {
    var all = new LinkedHashMap<String, UsageFormat>();
    keys().forEach(key -> find(key).ifPresent(format -> all.put(key, format)));
    return all;
  }

  /// How to read `file`, which is said to be of the format `key`: a reject file is CSV whatever the
  /// format's layout is.
  public Optional<UsageFormat> find(String key, InputFile file) {
    return find(key).map(format -> RejectFile.format(file, format));
  }

  /// The format `key` as a catalog file declares it, in YAML.
  public Optional<String> yaml(String key) {
    return declared(key).map(UsageFormatReader::yaml).or(() -> BuiltInFormats.yaml(key));
  }

  /// The same as maps, lists and texts.
  public Optional<Map<String, Object>> definition(String key) {
    return yaml(key).map(yaml -> YamlNode.read(new StringReader(yaml), "format " + key).content());
  }

  private Optional<String> declared(String key) {
    return jdbc.sql(
            """
            select definition::text as definition from catalog_entry
             where kind = 'format' and key = :key order by revision desc limit 1\
            """)
        .param("key", key)
        .query((row, _) -> row.getString("definition"))
        .optional();
  }
}
