package org.tallystick.readers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPathTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          $.id                 | /id
          id                   | /id
          data.tokens          | /data/tokens
          $.data.tokens        | /data/tokens
          $.items[0].n         | /items/0/n
          $['a b'].c           | /a b/c
          $['a/b']['c~d']      | /a~1b/c~0d
          ['x']                | /x
          $.größe              | /größe
          $.trace-id           | /trace-id
          """)
  void leadsToOneValue(String path, String pointer) {
    assertThat(JsonPath.pointer(path)).isEqualTo(pointer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "$",
        "$.*",
        "$..id",
        "$.a[*]",
        "$.a[?(@.b)]",
        "$.a[1:2]",
        "$id",
        "a b",
        "$.a[",
        "$.",
        "a..b",
        "a[-1]"
      })
  void refusesWhatMayLeadToSeveral(String path) {
    assertThatThrownBy(() -> JsonPath.pointer(path)).isInstanceOf(IllegalArgumentException.class);
  }
}
