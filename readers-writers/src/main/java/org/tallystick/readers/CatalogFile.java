package org.tallystick.readers;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// A catalog file: what it declares, in the order in which it is applied.
public record CatalogFile(String name, List<Declaration> declarations) {

  public CatalogFile {
    declarations = List.copyOf(declarations);
  }

  /// Reads a YAML file; throws [CatalogRefused] if it is none.
  public static CatalogFile read(Path path) {
    if (!Files.isRegularFile(path)) {
      throw new CatalogRefused("there is no file " + path);
    }
    try (var reader = Files.newBufferedReader(path)) {
      var name = String.valueOf(path.getFileName());
      return of(name, YamlNode.read(reader, name));
    } catch (IOException e) {
      throw new CatalogRefused(path + " cannot be read as UTF-8 text: " + e.getMessage());
    }
  }

  /// One format by itself, as a catalog file declares it among others.
  public static CatalogFile format(Reader document, String name) {
    var node = YamlNode.read(document, name);
    requirePlainKey(node);
    return new CatalogFile(
        name, List.of(new Declaration(Kind.FORMAT, key(Kind.FORMAT, node), node)));
  }

  private static CatalogFile of(String name, YamlNode top) {
    top.only("formats", "meters", "plans", "customers", "contracts", "wallets");
    var declarations = new ArrayList<Declaration>();
    var seen = new HashSet<String>();
    for (var kind : Kind.values()) {
      for (var node : top.mappings(kind.section)) {
        requirePlainKey(node);
        var declaration = new Declaration(kind, key(kind, node), node);
        if (!seen.add(kind + " " + declaration.key())) {
          throw node.refuse(kind.code() + " " + declaration.key() + " is declared twice");
        }
        declarations.add(declaration);
      }
    }
    return new CatalogFile(name, declarations);
  }

  /// Keys are typed, joined by commas and slashes, and spoken of; `all` means every customer.
  private static void requirePlainKey(YamlNode node) {
    var key = node.has("key") ? node.text("key") : "";
    if (key.equals("all") || !key.matches("([A-Za-z0-9][A-Za-z0-9._-]*)?")) {
      throw node.refuse(
          "key", "expected letters, digits, '.', '_' and '-', and not 'all', found '" + key + "'");
    }
  }

  /// A plan's versions and a customer's wallets are entries of their own.
  private static String key(Kind kind, YamlNode node) {
    return switch (kind) {
      case FORMAT, METER, CUSTOMER, CONTRACT -> node.text("key");
      case PLAN -> node.text("key") + "@" + node.date("from");
      case WALLET -> node.text("customer") + "/" + node.text("unit");
    };
  }

  /// One entry of the file.
  public record Declaration(Kind kind, String key, YamlNode node) {}

  /// What can be declared, in the order in which it is applied.
  public enum Kind {
    FORMAT("formats"),
    METER("meters"),
    PLAN("plans"),
    CUSTOMER("customers"),
    CONTRACT("contracts"),
    WALLET("wallets");

    private final String section;

    Kind(String section) {
      this.section = section;
    }

    /// As it is stored and shown: `plan`.
    public String code() {
      return section.substring(0, section.length() - 1);
    }
  }
}
