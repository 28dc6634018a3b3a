package org.tallystick.api.openmeter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;
import org.tallystick.sql.Json;

/// Figures worked out by hand from the rules of OpenMeter's rating engine.
class SimulationTest {

  private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
  private static final Map<String, String> PRICES =
      Map.of(
          "unit-10", unit("10", ""),
          "unit-100", unit("100", ""),
          "unit-10-max-100", unit("10", ", 'maximumAmount': '100'"),
          "unit-10-min-100", unit("10", ", 'minimumAmount': '100'"),
          "unit-small", unit("0.0001", ""),
          "dynamic", "{'type': 'dynamic', 'multiplier': '1.33333'}",
          "package", "{'type': 'package', 'amount': '15', 'quantityPerPackage': '10'}",
          "flat", "{'type': 'flat', 'amount': '49', 'paymentTerm': 'in_arrears'}",
          "volume",
              tiered(
                  "volume",
                  tier("", "", "5"),
                  tier("15", "", "10"),
                  tier("5", "100", ""),
                  tier("10", "150", "")),
          "graduated",
              tiered(
                  "graduated",
                  tier("1000", "10", "0.02"),
                  tier("10000", "5", "0.015"),
                  tier("", "", "0.01")));

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # price         | percent | free | quantity | before | amount | charges | off  | total
          unit-10         | 0       | 0    | 3        | 0      | 30     | 0       | 0    | 30
          unit-small      | 0       | 0    | 12345    | 0      | 1.23   | 0       | 0    | 1.23
          dynamic         | 0       | 0    | 10       | 0      | 13.33  | 0       | 0    | 13.33
          package         | 0       | 0    | 10.1     | 0      | 30     | 0       | 0    | 30
          package         | 0       | 0    | 12       | 5      | 15     | 0       | 0    | 15
          flat            | 0       | 0    | 7        | 0      | 49     | 0       | 0    | 49
          flat            | 10      | 0    | 1        | 0      | 49     | 0       | 4.9  | 44.1
          volume          | 0       | 0    | 5        | 0      | 100    | 0       | 0    | 100
          volume          | 0       | 0    | 16       | 0      | 80     | 0       | 0    | 80
          graduated       | 0       | 0    | 0        | 0      | 10     | 0       | 0    | 10
          graduated       | 0       | 0    | 1001     | 0      | 35.02  | 0       | 0    | 35.02
          graduated       | 0       | 0    | 10000.5  | 0      | 170.01 | 0       | 0    | 170.01
          graduated       | 10      | 500  | 4500     | 0      | 80     | 0       | 8    | 72
          graduated       | 10      | 500  | 3600     | 400    | 62.5   | 0       | 6.25 | 56.25
          unit-100        | 0       | 110  | 75       | 50     | 1500   | 0       | 0    | 1500
          unit-10-max-100 | 50      | 0    | 30       | 0      | 300    | 0       | 200  | 100
          unit-10-max-100 | 50      | 0    | 12       | 12     | 120    | 0       | 80   | 40
          unit-10-max-100 | 0       | 0    | 5        | 7      | 50     | 0       | 20   | 30
          unit-10-min-100 | 20      | 0    | 5        | 0      | 50     | 60      | 10   | 100
          unit-10-min-100 | 50      | 0    | 0        | 12     | 0      | 40      | 0    | 40
          """,
      delimiter = '|')
  void totalsOfALine(ArgumentsAccessor row) {
    var cells = row.toList().stream().map(String::valueOf).toList();
    var line = line(cells.get(0), cells.get(1), cells.get(2), cells.get(3), cells.get(4));
    var invoice = simulate(body("USD", line));
    assertThat(totals(invoice)).isEqualTo(cells.subList(5, 9));
    var simulated = list(invoice, "lines").getFirst();
    assertThat(totals(simulated)).isEqualTo(totals(invoice));
    assertThat(sum(list(simulated, "children"))).isEqualByComparingTo(cells.get(8));
  }

  private static List<String> totals(Map<String, Object> json) {
    var totals = map(json, "totals");
    return Stream.of("amount", "chargesTotal", "discountsTotal", "total")
        .map(name -> String.valueOf(totals.get(name)))
        .toList();
  }

  @Test
  void detailedLinesAreNamedAndDiscounted() {
    var invoice = simulate(body("USD", line("graduated", "10", "500", "4500", "0")));
    var line = list(invoice, "lines").getFirst();
    assertThat(line).containsEntry("quantity", "4000").containsEntry("meteredQuantity", "4500");
    var detailed = list(line, "children");
    assertThat(detailed)
        .extracting(child -> child.get("name") + " " + child.get("quantity"))
        .containsExactly(
            "L: usage price for tier 1 1000",
            "L: flat price for tier 1 1",
            "L: usage price for tier 2 3000",
            "L: flat price for tier 2 1");
    var discount = list(map(detailed.getFirst(), "discounts"), "amount").getFirst();
    assertThat(discount).containsEntry("amount", "2");
    assertThat(map(discount, "reason")).containsEntry("type", "ratecard_percentage");
    var usage = list(map(line, "discounts"), "usage").getFirst();
    assertThat(usage).containsEntry("quantity", "500");
  }

  @Test
  void aMinimumSpendIsACommitment() {
    var invoice = simulate(body("USD", line("unit-10-min-100", "0", "0", "4", "0")));
    var last = list(list(invoice, "lines").getFirst(), "children").getLast();
    assertThat(last)
        .containsEntry("name", "L: minimum spend")
        .containsEntry("category", "commitment");
    assertThat(map(last, "totals"))
        .containsEntry("chargesTotal", "60")
        .containsEntry("amount", "0");
  }

  @Test
  void identifiersAreUuidsInOtherLetters() {
    var id = UUID.fromString("01a2012d-778d-7cab-a8ba-f99850baf39f");
    assertThat(Ulid.of(id)).isEqualTo("01M80JTXWDFJNTHEQSK18BNWWZ");
    assertThat(Ulid.uuid(Ulid.of(id))).contains(id);
    assertThat(Ulid.uuid("user-1")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"USD, 13.33", "JPY, 13", "KWD, 13.333"})
  void roundsToTheCurrency(String currency, String total) {
    var invoice = simulate(body(currency, line("dynamic", "0", "0", "10", "0")));
    assertThat(map(invoice, "totals")).containsEntry("total", total);
  }

  @Test
  void theSameRequestHasTheSameAnswer() {
    var body = body("USD", line("graduated", "10", "500", "4500", "0"));
    assertThat(Simulation.invoice(body, Customer.NOBODY, NOW, false))
        .isEqualTo(Simulation.invoice(body, Customer.NOBODY, NOW, false));
    assertThat(String.valueOf(simulate(body).get("id"))).matches("[0-7][0-9A-HJKMNP-TV-Z]{25}");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # in the body | instead | refused with
          'USD' | 'XXQ' | 'currency': expected an ISO
          'currency' | 'curency' | 'currency': is missing
          'lines': [ | 'lines': 5, 'l': [ | 'lines': expected a list, found 5
          'quantity': '3' | 'quantity': 3 | 'lines[0].quantity': expected a decimal
          'quantity': '3' | 'quantity': '-3' | 'lines[0].quantity': expected a number that is not
          'quantity': '3' | 'quantity': '1e3' | 'lines[0].quantity': expected a decimal
          'invoiceAt': '2026 | 'invoiceAt': '26 | 'lines[0].invoiceAt': expected a time
          'to': '2026-02 | 'to': '2025-02 | 'lines[0].period.to': expected a time after
          'type': 'unit' | 'type': 'units' | 'lines[0].rateCard.price.type': expected flat, unit,
          'amount': '10' | 'amount': '-10' | 'lines[0].rateCard.price.amount': expected a number
          'percentage': 0 | 'percentage': 101 | 'lines[0].rateCard.discounts.percentage.percentage'
          'name': 'L' | 'name': '' | 'lines[0].name': expected a text of 1 to 256
          'price': { | 'prize': { | 'lines[0].rateCard.price': is missing
          """,
      delimiter = '|',
      quoteCharacter = '`')
  void refusesByTheField(String part, String instead, String message) {
    var good = body("USD", line("unit-10", "0", "0", "3", "0"));
    var bad = good.replace(part.replace('\'', '"'), instead.replace('\'', '"'));
    assertThat(bad).isNotEqualTo(good);
    assertThatThrownBy(() -> simulate(bad))
        .isInstanceOf(BadRequest.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesTiersThatLeaveSomethingOpen() {
    var twoOpen = tiered("graduated", tier("", "", "1"), tier("", "", "2"));
    var noneOpen = tiered("volume", tier("5", "", "1"));
    var twice = tiered("volume", tier("5", "", "1"), tier("5.0", "", "1"), tier("", "", "2"));
    var nothing = "{'type': 'tiered', 'mode': 'volume', 'tiers': [{'upToAmount': null}]}";
    var atZero = tiered("graduated", tier("0", "", "1"), tier("", "", "2"));
    for (var price : List.of(twoOpen, noneOpen, twice, nothing, atZero)) {
      assertThatThrownBy(() -> simulate(body("USD", priced(price, "0", "0", "1", "0"))))
          .isInstanceOf(BadRequest.class)
          .hasMessageContaining("field 'lines[0].rateCard.price.tiers");
    }
  }

  @Test
  void refusesToSplitAVolumePrice() {
    assertThatThrownBy(() -> simulate(body("USD", line("volume", "0", "0", "1", "1"))))
        .isInstanceOf(BadRequest.class)
        .hasMessageContaining("field 'lines[0].preLinePeriodQuantity'");
  }

  private static Map<String, Object> simulate(String body) {
    return Json.read(Simulation.invoice(body, Customer.NOBODY, NOW, true));
  }

  private static String body(String currency, String line) {
    return ("{'currency': '" + currency + "', 'lines': [" + line + "]}").replace('\'', '"');
  }

  private static String line(
      String price, String percent, String free, String quantity, String before) {
    return priced(String.valueOf(PRICES.get(price)), percent, free, quantity, before);
  }

  private static String priced(
      String price, String percent, String free, String quantity, String before) {
    var discounts = new ArrayList<String>();
    discounts.add("'percentage': {'percentage': " + percent + "}");
    if (!free.equals("0")) {
      discounts.add("'usage': {'quantity': '" + free + "'}");
    }
    return "{'name': 'L', 'period': {'from': '2026-01-16T00:00:00Z', 'to': '2026-02-01T00:00:00Z'},"
        + " 'invoiceAt': '2026-02-01T00:00:00Z', 'rateCard': {'price': "
        + price
        + ", 'discounts': {"
        + String.join(", ", discounts)
        + "}}, 'quantity': '"
        + quantity
        + "', 'preLinePeriodQuantity': '"
        + before
        + "'}";
  }

  private static String unit(String amount, String more) {
    return "{'type': 'unit', 'amount': '" + amount + "'" + more + "}";
  }

  private static String tiered(String mode, String... tiers) {
    return "{'type': 'tiered', 'mode': '%s', 'tiers': [%s]}"
        .formatted(mode, String.join(", ", tiers));
  }

  private static String tier(String upTo, String flat, String unit) {
    var fields = new ArrayList<String>();
    if (!upTo.isEmpty()) {
      fields.add("'upToAmount': '" + upTo + "'");
    }
    fields.add(
        flat.isEmpty()
            ? "'flatPrice': null"
            : "'flatPrice': {'type': 'flat', 'amount': '" + flat + "'}");
    fields.add(
        unit.isEmpty()
            ? "'unitPrice': null"
            : "'unitPrice': {'type': 'unit', 'amount': '" + unit + "'}");
    return "{" + String.join(", ", fields) + "}";
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Map<String, Object> json, String field) {
    return (Map<String, Object>) json.getOrDefault(field, Map.of());
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> list(Map<String, Object> json, String field) {
    return (List<Map<String, Object>>) json.getOrDefault(field, List.of());
  }

  private static BigDecimal sum(List<Map<String, Object>> detailed) {
    return detailed.stream()
        .map(child -> new BigDecimal(String.valueOf(map(child, "totals").get("total"))))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
