package org.tallystick.domain.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TimeZone;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalFormTest {

  /// `printf 'a|%s\nb|%s\n' $(printf 'x\ny\n' | sha256sum) …`, likewise for `z`.
  @Test
  void isTheSha256OfTheCustomersHashes() {
    var form = new CanonicalForm();
    form.add("a", List.of("y", "x"));
    form.add("b", List.of("z"));
    assertThat(form.hash())
        .isEqualTo("b1a2c58e9ba9f2c9190703c89f551f795a4918c3c71f4e5fe9535a41bdf7389f");
    assertThat(new CanonicalForm().hash())
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @Test
  void theOrderOfLinesDoesNotMatter() {
    var random = random(70);
    for (int i = 0; i < 20_000; i++) {
      var lines = new ArrayList<String>();
      for (int n = random.nextInt(0, 8); n > 0; n--) {
        lines.add(word(random));
      }
      var before = hash("a", lines);
      Collections.shuffle(lines, Random.from(random));
      assertThat(hash("a", lines)).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @CsvSource({"b, a", "a, a", "ab, a", "a, B", "é, z"})
  void refusesCustomersOutOfOrder(String first, String second) {
    var form = new CanonicalForm();
    form.add(first, List.of());
    assertThatThrownBy(() -> form.add(second, List.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("customer " + second + " came after " + first);
  }

  @Test
  void takesCustomersInTheOrderOfTheirBytes() {
    var form = new CanonicalForm();
    for (var customer : List.of("A", "Z", "a", "aa", "b", "é", "\uFFFD", "\uD83D\uDE00")) {
      form.add(customer, List.of());
    }
    assertThat(form.hash()).hasSize(64);
  }

  @Test
  void changesWithAnyLineAndWithTheCustomer() {
    assertThat(
            List.of(
                hash("a", List.of()),
                hash("a", List.of("")),
                hash("a", List.of("x")),
                hash("a", List.of("x", "x")),
                hash("a", List.of("x", "y")),
                hash("a", List.of("xy")),
                hash("b", List.of("x"))))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          1.0     | 1
          1.00    | 1
          1E+2    | 100
          0       | 0
          0.00    | 0
          0E+5    | 0
          -0.10   | -0.1
          1E-30   | 0.000000000000000000000000000001
          99999999999999999999999999999999999999.90 | 99999999999999999999999999999999999999.9
          """,
      delimiter = '|')
  void writesDecimalsStrippedAndPlain(BigDecimal decimal, String written) {
    assertThat(CanonicalForm.line("amount", decimal)).isEqualTo("amount|" + written);
  }

  @ParameterizedTest
  @CsvSource({
    "1993-10-01T07:00:03Z, 1993-10-01T07:00:03.000000Z",
    "1993-10-01T07:00:03.1Z, 1993-10-01T07:00:03.100000Z",
    "1993-10-01T07:00:03.000001Z, 1993-10-01T07:00:03.000001Z",
    "1969-12-31T23:59:59.999999Z, 1969-12-31T23:59:59.999999Z",
    "9999-12-31T23:59:59Z, 9999-12-31T23:59:59.000000Z"
  })
  void writesInstantsInMicroseconds(Instant instant, String written) {
    assertThat(CanonicalForm.line("at", instant)).isEqualTo("at|" + written);
  }

  @Test
  void escapesWhatSeparates() {
    assertThat(CanonicalForm.line("a|b", "c\nd", "e\\f", 7, LocalDate.parse("1993-10-01")))
        .isEqualTo("a\\pb|c\\nd|e\\\\f|7|1993-10-01");
  }

  @Test
  void differentTextsNeverBecomeTheSameLine() {
    var random = random(71);
    var texts = new HashMap<String, List<String>>();
    for (int i = 0; i < 100_000; i++) {
      var values = new ArrayList<>(List.of("line"));
      IntStream.range(0, random.nextInt(0, 4)).forEach(_ -> values.add(word(random)));
      var line = CanonicalForm.line(values.toArray());
      var other = texts.putIfAbsent(line, values);
      assertThat(other == null ? values : other).as(line).isEqualTo(values);
      assertThat(line).doesNotContain("\n");
    }
  }

  @Test
  void theMachineDoesNotMatter() {
    var instant = Instant.parse("1993-10-31T23:30:00.5Z");
    var locale = Locale.getDefault();
    var zone = TimeZone.getDefault();
    try {
      for (var tag : List.of("tr", "th-TH-u-ca-buddhist-nu-thai", "ar-EG-u-nu-arab", "en-US")) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
        assertThat(CanonicalForm.line("line", new BigDecimal("1234.50"), instant, 1234567, "Iı"))
            .isEqualTo("line|1234.5|1993-10-31T23:30:00.500000Z|1234567|Iı");
        assertThat(RunKind.NIGHTLY.code()).isEqualTo("nightly");
        assertThat(RunState.FAILED.code()).isEqualTo("failed");
      }
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
  }

  private static String hash(String customer, List<String> lines) {
    var form = new CanonicalForm();
    form.add(customer, lines);
    return form.hash();
  }

  /// Mostly of what is escaped, so that collisions would be found soon.
  private static String word(RandomGenerator random) {
    var word = new StringBuilder();
    for (int n = random.nextInt(0, 5); n > 0; n--) {
      word.append("|\\\npna".charAt(random.nextInt(6)));
    }
    return word.toString();
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }
}
