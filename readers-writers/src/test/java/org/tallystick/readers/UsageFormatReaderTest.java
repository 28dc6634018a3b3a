package org.tallystick.readers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tallystick.domain.usage.Expression;
import org.tallystick.domain.usage.UsageFormat;
import org.tallystick.domain.usage.UsageFormat.Filter;
import org.tallystick.domain.usage.UsageFormat.Layout;
import org.tallystick.domain.usage.UsageFormat.Timing;

class UsageFormatReaderTest {

  private static final String CSV =
      """
      key: jobs
      layout: csv
      columns: [job, user, start, end, seconds]
      source: nasa
      id: job
      type: job
      subject: user
      time: {from: start, to: end}
      quantity: seconds * 2
      """;

  @Test
  void readsCsvWithItsDefaults() {
    var format = UsageFormatReader.read(CSV);
    assertThat(format.layout())
        .isEqualTo(new Layout.Csv(List.of("job", "user", "start", "end", "seconds"), ',', '"'));
    assertThat(format.timing()).isEqualTo(new Timing.Between("start", "end"));
    assertThat(format.notation().comment()).isEmpty();
    assertThat(format.notation().absent()).isEmpty();
    assertThat(format.dimensions()).isEmpty();
    assertThat(format.filters()).isEmpty();
    assertThat(format.isNegativeTaken()).isFalse();
    assertThat(format.quantity()).isEqualTo(Expression.parse("seconds * 2"));
  }

  @Test
  void readsEveryField() {
    var format =
        UsageFormatReader.read(
            """
            {key: swf, layout: blanks, comment: ";", absent: "-1", source: nasa, id: job,
             columns: [job, submit, run_time, user, queue, group], type: job, subject: user,
             time: {after: 1993-10-01T07:00:03Z, from: submit, duration: run_time},
             quantity: run_time, negative: accepted, dimensions: {queue: queue, team: group},
             filters: [{reason: staff, column: group, equals: "2"}]}
            """);
    assertThat(format.layout()).isInstanceOf(Layout.Blanks.class);
    assertThat(format.notation().comment()).isEqualTo(";");
    assertThat(format.notation().absent()).isEqualTo("-1");
    assertThat(format.timing())
        .isEqualTo(new Timing.SecondsAfter(749_458_803, "submit", "run_time"));
    assertThat(format.dimensions())
        .containsExactly(Map.entry("queue", "queue"), Map.entry("team", "group"));
    assertThat(format.filters()).containsExactly(new Filter.Equal("staff", "group", "2"));
    assertThat(format.isNegativeTaken()).isTrue();
  }

  @Test
  void readsAnotherDelimiter() {
    var layout = (Layout.Csv) UsageFormatReader.read(CSV + "delimiter: ';'\n").layout();
    assertThat(layout.delimiter()).isEqualTo(';');
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # line of the format | instead | what is refused
          key: jobs | kee: jobs | line 1: unknown field 'kee' in the document; expected one of key
          source: nasa | '' | field 'source' is missing in the document
          layout: csv | layout: xml | line 2: field 'layout': expected blanks, csv, fixed or json,
          layout: csv | "layout: csv\ndelimiter: ''" | line 3: field 'delimiter': expected one char
          layout: csv | "layout: csv\ndelimiter: ab" | line 3: field 'delimiter': expected one char
          id: job | id: jobb | the document: id names the unknown column 'jobb'
          to: end | to: ende | the document: time names the unknown column 'ende'
          to: end | after: 1993-10-01T00:00:00Z | field 'duration' is missing in
          to: end | until: end | line 8: unknown field 'until' in time of the document; expected
          from: start, to: end | after: noon, from: start, duration: seconds | a time like 1993-10
          seconds * 2 | seconds / 2 | undefined operator '/' at position 9 of 'seconds / 2'
          seconds * 2 | "seconds\nnegative: no" | line 10: field 'negative': expected accepted or
          seconds * 2 | bytes * 2 | quantity names the unknown column 'bytes'
          """,
      delimiter = '|',
      quoteCharacter = '"')
  void refusesOtherFormats(String line, String instead, String message) {
    var text = instead.equals("''") ? "" : instead.replace("\\n", "\n");
    assertThatThrownBy(() -> UsageFormatReader.read(CSV.replace(line, text)))
        .isInstanceOf(CatalogRefused.class)
        .hasMessageStartingWith("format line ")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          dimensions: {a: nowhere}                  | dimensions names the unknown column 'nowhere'
          dimensions: [a]                           | must have fields, found a list
          filters: [{reason: r, column: c, equals: 1}] | filters names the unknown column 'c'
          filters: [{reason: r, column: job}]       | field 'equals' is missing in an entry of fil
          filters: [{reason: r, when: job}]         | expected a condition, found a column at pos
          filters: [{reason: r, when: c == 1}]      | filters names the unknown column 'c'
          filters: [{reason: r, when: job == 1, column: job}] | unknown field 'column' in an entry
          filters: [{reason: r, column: job, equals: 1, not: 2}] | unknown field 'not' in an entry
          """,
      delimiter = '|')
  void refusesOtherDimensionsAndFilters(String added, String message) {
    assertThatThrownBy(() -> UsageFormatReader.read(CSV + added + "\n"))
        .isInstanceOf(CatalogRefused.class)
        .hasMessageContaining(message);
  }

  @Test
  void readsTheSameFromJson() {
    UsageFormat format =
        UsageFormatReader.read(
            """
            {"key": "jobs", "layout": "csv", "columns": ["job", "user", "start", "end", "seconds"],
             "source": "nasa", "id": "job", "type": "job", "subject": "user",
             "time": {"from": "start", "to": "end"}, "quantity": "seconds * 2"}
            """);
    assertThat(format).isEqualTo(UsageFormatReader.read(CSV));
  }
}
