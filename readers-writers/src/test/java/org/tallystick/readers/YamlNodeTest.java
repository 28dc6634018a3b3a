package org.tallystick.readers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlNodeTest {

  private static final String DOCUMENT =
      """
      key: public
      price: 1.20
      from: 1993-10-01
      cadence: P1M
      tags: [a, "2", 3.0]
      owner: {name: Ada}
      cards:
        - key: one
        - key: two
          colour: red
      """;

  @Test
  void readsScalarsAsTheyAreWritten() {
    var node = read(DOCUMENT);
    assertThat(node.text("price")).isEqualTo("1.20");
    assertThat(node.decimal("price")).isEqualTo(new BigDecimal("1.20"));
    assertThat(node.date("from")).isEqualTo(LocalDate.parse("1993-10-01"));
    assertThat(node.value("cadence", "a period", Period::parse)).isEqualTo(Period.ofMonths(1));
    assertThat(node.texts("tags")).containsExactly("a", "2", "3.0");
  }

  @Test
  void readsWhatMayBeAbsent() {
    var node = read(DOCUMENT);
    assertThat(node.has("key")).isTrue();
    assertThat(node.has("name")).isFalse();
    assertThat(node.optionalText("key")).contains("public");
    assertThat(node.optionalText("name")).isEmpty();
    assertThat(node.decimal("price", BigDecimal.ONE)).isEqualTo(new BigDecimal("1.20"));
    assertThat(node.decimal("name", BigDecimal.ONE)).isEqualTo(BigDecimal.ONE);
    assertThat(node.texts("name")).isEmpty();
    assertThat(node.mappings("name")).isEmpty();
  }

  @Test
  void readsMappingsInTheirOrder() {
    var node = read(DOCUMENT);
    assertThat(node.names())
        .containsExactly("key", "price", "from", "cadence", "tags", "owner", "cards");
    assertThat(node.mapping("owner").text("name")).isEqualTo("Ada");
    assertThat(node.mappings("cards").stream().map(card -> card.text("key")))
        .containsExactly("one", "two");
  }

  @Test
  void readsJson() {
    var node = read("{\"key\": \"a\", \"price\": 1.20, \"tags\": [\"x\"]}");
    assertThat(node.content()).isEqualTo(Map.of("key", "a", "price", "1.20", "tags", List.of("x")));
  }

  @Test
  void hasTheSameContentInWhateverOrderItIsWritten() {
    var one = read("b: {d: 1, c: [x, {f: 2, e: 3}]}\na: 0\n");
    var other = read("a: '0'\nb:\n  c:\n    - x\n    - e: 3\n      f: 2\n  d: 1\n");
    assertThat(one.content()).isEqualTo(other.content());
    assertThat(one.content()).hasToString("{a=0, b={c=[x, {e=3, f=2}], d=1}}");
  }

  @Test
  void namesTheUnknownFieldItsLineAndTheKnownOnes() {
    var node = read(DOCUMENT).mappings("cards").getLast();
    assertRefused(
        () -> node.only("key", "name"),
        "f.yaml line 10: unknown field 'colour' in an entry of cards; expected one of key, name");
    assertRefused(
        () -> read(DOCUMENT).mapping("owner").only("key"),
        "f.yaml line 6: unknown field 'name' in owner of the document; expected one of key");
    assertThat(node.only("key", "colour")).isSameAs(node);
  }

  @Test
  void namesTheMissingFieldAndWhereItBelongs() {
    assertRefused(
        () -> read(DOCUMENT).text("name"),
        "f.yaml line 1: field 'name' is missing in the document");
    assertRefused(
        () -> read(DOCUMENT).mappings("cards").getFirst().decimal("price"),
        "f.yaml line 8: field 'price' is missing in an entry of cards");
    assertRefused(
        () -> read(DOCUMENT).mapping("price2"),
        "f.yaml line 1: field 'price2' is missing in the document");
  }

  @Test
  void refusesAFieldThatIsThereTwice() {
    assertRefused(
        () -> read("key: a\nname: b\nkey: c\n"), "f.yaml line 3: field 'key' is there twice");
    assertRefused(
        () -> read("a: {x: 1}\nb: {x: 1,\n x: 2}\n").mapping("b"),
        "f.yaml line 3: field 'x' is there twice");
  }

  @Test
  void tellsAValueThatIsNotWhatIsExpected() {
    var node = read(DOCUMENT);
    assertRefused(
        () -> node.decimal("key"),
        "f.yaml line 1: field 'key': expected a decimal number, found 'public'");
    assertRefused(
        () -> node.date("cadence"),
        "f.yaml line 4: field 'cadence': expected a date like 1993-10-01, found 'P1M'");
    assertRefused(
        () -> node.value("price", "a period", Period::parse),
        "f.yaml line 2: field 'price': expected a period, found '1.20'");
  }

  @Test
  void tellsAValueOfAnotherShape() {
    var node = read(DOCUMENT);
    assertRefused(
        () -> node.text("tags"), "f.yaml line 5: field 'tags': expected one value, found a list");
    assertRefused(
        () -> node.text("owner"), "f.yaml line 6: field 'owner': expected one value, found fields");
    assertRefused(
        () -> node.texts("key"), "f.yaml line 1: field 'key': expected a list, found 'public'");
    assertRefused(
        () -> node.mappings("owner"),
        "f.yaml line 6: field 'owner': expected a list, found fields");
    assertRefused(
        () -> node.mapping("key"),
        "f.yaml line 1: key of the document must have fields, found 'public'");
    assertRefused(
        () -> node.mappings("tags"), "f.yaml line 5: an entry of tags must have fields, found 'a'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "key: a\nprice: [1, 2\n",
        "key: a\n  name: b\n",
        "key: a\nname: \"b\n",
        "a: 1\n\tb: 2\n",
        "key: a\nname: *nowhere\n",
        "key: a\n---\nkey: b\n"
      })
  void tellsTheLineOfBadYaml(String document) {
    assertThatThrownBy(() -> read(document))
        .isInstanceOf(CatalogRefused.class)
        .hasMessageMatching("(?s)f\\.yaml line [1-4]: .+");
  }

  @Test
  void tellsTheLineWhereAScalarIsNotClosed() {
    assertRefused(
        () -> read("key: a\nname: b: c\n"), "f.yaml line 2: mapping values are not allowed here");
  }

  @Test
  void refusesADocumentThatIsNoMapping() {
    assertRefused(() -> read(""), "f.yaml is empty");
    assertRefused(() -> read("# nothing\n"), "f.yaml is empty");
    assertRefused(
        () -> read("just text\n"),
        "f.yaml line 1: the document must have fields, found 'just text'");
    assertRefused(
        () -> read("- a\n"), "f.yaml line 1: the document must have fields, found a list");
  }

  @Test
  void saysWhatItIsToldWithItsPlace() {
    var card = read(DOCUMENT).mappings("cards").getLast();
    assertThat(card.refuse("colour", "is loud"))
        .hasMessage("f.yaml line 10: field 'colour': is loud");
    assertThat(card.refuse("sound", "is loud")).hasMessage("f.yaml line 9: field 'sound': is loud");
    assertThat(card.refuse("is loud")).hasMessage("f.yaml line 9: an entry of cards: is loud");
  }

  private static void assertRefused(ThrowingCallable reading, String message) {
    assertThatThrownBy(reading).isInstanceOf(CatalogRefused.class).hasMessage(message);
  }

  private static YamlNode read(String document) {
    return YamlNode.read(new StringReader(document), "f.yaml");
  }
}
