package org.tallystick.domain.usage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageRecordTest {

  private static final String STARTS = "1993-10-01T07:00:03Z";
  private static final String ENDS = "1993-10-01T08:00:03Z";

  @ParameterizedTest
  @CsvSource({"1.5, 1.50", "1.5, 1.500000", "0, 0.00", "100, 1E+2", "1E+30, 1E+30"})
  void equalQuantitiesDigestTheSame(String one, String other) {
    assertThat(digest(record(one))).isEqualTo(digest(record(other)));
  }

  @Test
  void theFileItCameInDoesNotMatter() {
    assertThat(digest(of("other", "other", "job", "7", STARTS, ENDS, "1.5", Map.of())))
        .isEqualTo(digest(record("1.5")));
  }

  @Test
  void otherContentDigestsOtherwise() {
    var digests =
        Stream.of(
                record("1.5"),
                record("1.51"),
                record("-1.5"),
                record("15"),
                of("s", "1", "jobs", "7", STARTS, ENDS, "1.5", Map.of()),
                of("s", "1", "job", "8", STARTS, ENDS, "1.5", Map.of()),
                of("s", "1", "jo", "b7", STARTS, ENDS, "1.5", Map.of()),
                of("s", "1", "job", "7", "1993-10-01T07:00:02Z", ENDS, "1.5", Map.of()),
                of("s", "1", "job", "7", STARTS, "1993-10-01T08:00:03.000001Z", "1.5", Map.of()),
                of("s", "1", "job", "7", STARTS, ENDS, "1.5", Map.of("queue", "")),
                of("s", "1", "job", "7", STARTS, ENDS, "1.5", Map.of("queue", "1")),
                of("s", "1", "job", "7", STARTS, ENDS, "1.5", Map.of("queue1", "")),
                of("s", "1", "job", "7", STARTS, ENDS, "1.5", Map.of("a", "b", "c", "d")),
                of("s", "1", "job", "7", STARTS, ENDS, "1.5", Map.of("a", "b1:c1:d")))
            .map(UsageRecordTest::digest)
            .toList();
    assertThat(digests).doesNotHaveDuplicates();
  }

  @Test
  void digestsEachFieldWithItsLength() throws Exception {
    var content = "3:job1:7" + "20:" + STARTS + "20:" + ENDS + "3:1.5" + "5:queue2:11";
    var expected = MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8));
    var record = of("s", "1", "job", "7", STARTS, ENDS, "1.50", Map.of("queue", "11"));
    assertThat(record.digest()).isEqualTo(expected);
  }

  @Test
  void mayEndAsItStarts() {
    var record = of("s", "1", "job", "7", STARTS, STARTS, "0", Map.of());
    assertThat(record.ends()).isEqualTo(record.starts());
  }

  @Test
  void refusesToEndBeforeItStarts() {
    assertThatThrownBy(
            () -> of("s", "1", "job", "7", STARTS, "1993-10-01T07:00:02Z", "0", Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("record must not end before it starts, was 1993-10-01T07:00:02Z");
  }

  private static UsageRecord record(String quantity) {
    return of("s", "1", "job", "7", STARTS, ENDS, quantity, Map.of());
  }

  private static UsageRecord of(
      String source,
      String id,
      String type,
      String subject,
      String starts,
      String ends,
      String quantity,
      Map<String, String> dimensions) {
    return new UsageRecord(
        source,
        id,
        type,
        subject,
        Instant.parse(starts),
        Instant.parse(ends),
        new BigDecimal(quantity),
        new TreeMap<>(dimensions));
  }

  private static String digest(UsageRecord record) {
    return HexFormat.of().formatHex(record.digest());
  }
}
