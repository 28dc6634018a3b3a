package org.tallystick.readers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tallystick.domain.catalog.PricingModel.Flat;
import org.tallystick.domain.catalog.PricingModel.Graduated;
import org.tallystick.domain.catalog.PricingModel.PerUnit;
import org.tallystick.domain.catalog.Rate;
import org.tallystick.domain.catalog.RateCard;
import org.tallystick.domain.catalog.RateCard.Charge.Fee;
import org.tallystick.domain.catalog.RateCard.Charge.Usage;
import org.tallystick.domain.catalog.RateCard.Discounts;
import org.tallystick.domain.catalog.Spend;
import org.tallystick.domain.catalog.Tiers;
import org.tallystick.domain.catalog.Tiers.Tier;

class RateCardReaderTest {

  private static final String HEAD = "key: k, name: N, cadence: P1M";

  @Test
  void readsGraduatedUsage() {
    var card =
        read(
            """
            {key: node-hours, name: Node-hours, meter: hours, cadence: P1M, spendMin: 9500.00,
             price: {graduated: [{upTo: 100, unitPrice: 1.20}, {upTo: 1000, unitPrice: 0.95},
                                 {unitPrice: 0.80}]},
             unitsFree: 500, percentOff: 12.5}
            """);
    var tiers =
        new Tiers(
            List.of(tier("100", "1.20"), tier("1000", "0.95")),
            Rate.perUnit(new BigDecimal("0.80")));
    assertThat(card)
        .isEqualTo(
            RateCard.monthly("node-hours", "Node-hours", new Usage("hours"), new Graduated(tiers))
                .withDiscounts(
                    new Discounts(new BigDecimal("500"), new BigDecimal("12.5"), BigDecimal.ZERO))
                .withSpend(Spend.atLeast(new BigDecimal("9500.00"))));
  }

  @Test
  void takesNoDiscountAndNoMinimumUnlessTold() {
    var card = read("{" + HEAD + ", meter: m, price: {unit: 0.60}}");
    assertThat(card.price()).isEqualTo(new PerUnit(new BigDecimal("0.60")));
    assertThat(card.discounts()).isEqualTo(Discounts.NONE);
    assertThat(card.spend()).isEqualTo(Spend.AS_USED);
  }

  @ParameterizedTest
  @CsvSource({"in-advance, true", "in-arrears, false"})
  void readsAFee(String fee, boolean isInAdvance) {
    var card = read("{" + HEAD + ", fee: " + fee + ", price: {flat: 25.00}}");
    assertThat(card.charge()).isEqualTo(new Fee(isInAdvance, BigDecimal.ONE));
    assertThat(card.price()).isEqualTo(new Flat(new BigDecimal("25.00")));
  }

  @Test
  void readsOneRateForEverything() {
    var card = read("{" + HEAD + ", meter: m, price: {graduated: [{unitPrice: 0.65}]}}");
    assertThat(card.price())
        .isEqualTo(new Graduated(new Tiers(List.of(), Rate.perUnit(new BigDecimal("0.65")))));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # in place of the charge and the price | what is refused
          price: {unit: 1}                       | expected either 'meter' (usage), 'fee' (in
          meter: m, fee: in-advance, price: {unit: 1} | expected either 'meter' (usage), 'fee
          fee: sometimes, price: {flat: 1} | field 'fee': expected in-advance or in-arrears, found
          meter: m                               | field 'price' is missing in the document
          meter: m, price: {}                    | expected one of flat, unit, graduated, volume
          meter: m, price: {unit: 1, flat: 1}    | expected one of flat, unit, graduated, volume
          meter: m, price: {volumes: 1}          | unknown field 'volumes' in price of the document
          meter: m, price: 1                     | price of the document must have fields, found '1'
          meter: m, price: {unit: x} | field 'unit': expected a decimal number, found 'x'
          meter: m, price: {unit: -1}            | unit price must not be negative, was -1
          meter: m, price: {flat: -0.01}         | flat amount must not be negative, was -0.01
          meter: m, price: {unit: [1]}           | field 'unit': expected one value, found a list
          meter: m, price: {unit: 1}, unitsFree: -1  | free units must not be negative, was -1
          meter: m, price: {unit: 1}, percentOff: 101 | percent off must be 0 to 100, was 101
          meter: m, price: {unit: 1}, percentOff: -1  | percent off must be 0 to 100, was -1
          meter: m, price: {unit: 1}, spendMin: -5    | minimum spend must not be negative, was -5
          meter: m, price: {unit: 1}, spendMin: 5, spendMax: 4 | maximum spend 4 must not be below
          meter: m, price: {unit: 1}, amountOff: -1   | amount off must not be negative, was -1
          meter: m, price: {unit: 1}, count: {step: 1} | expected 'step' with 'round' (up
          meter: m, price: {unit: 1}, count: {step: 0, round: up} | expected more than zero, found 0
          meter: m, price: {unit: 1}, count: {step: 1, round: off} | expected up, down or half
          meter: m, price: {package: {amount: 1, size: 0}} | package size must be positive, was 0
          meter: m, price: {stairstep: [{unitPrice: 1}]} | unknown field 'unitPrice' in an entry of
          commitment: [a], price: {unit: 1}  | unknown field 'price' in the document; expected
          meter: m, price: {unit: 1}, spendmin: 5     | unknown field 'spendmin' in the document
          """,
      delimiter = '|')
  void refusesOtherChargesPricesAndDiscounts(String fields, String message) {
    assertRefused("{" + HEAD + ",\n " + fields + "}", message);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          meter: m, price: {unit: 1}, spendMax: 9, change: continue | a card with a maximum spend c
          meter: m, price: {unit: 1}, change: stop | expected restart or continue, found 'stop'
          meter: m, price: {volume: [{unitPrice: 1}]}, change: continue | only usage under a price
          fee: in-advance, price: {flat: 1}, change: continue | only usage under a price that can be
          meter: m, price: {unit: 1}, change: continue, records: {increments: {then: 6}} | a card w
          commitment: [a]                    | a commitment has either a minimum or a maximum spend
          commitment: [a], spendMin: 1, spendMax: 2 | a commitment has either a minimum or a maximum
          commitment: [], spendMin: 1        | a commitment must name at least one rate card
          """,
      delimiter = '|')
  void refusesWhatCannotContinueOrCommit(String fields, String message) {
    assertRefused("{" + HEAD + ",\n " + fields + "}", message);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # tiers                                 | what is refused
          []                                      | expected tiers of upTo, unitPrice and flatPrice
          [{upTo: 5, unitPrice: 1}]               | expected tiers of upTo, unitPrice and flatPrice
          [{upTo: 5}, {unitPrice: 1}]             | a tier needs a flat price or a unit price
          [{unitPrice: 1}, {unitPrice: 1}]        | field 'upTo' is missing in an entry of graduat
          [{upTo: 5, unitPrice: 1}, {upTo: 5, unitPrice: 1}, {unitPrice: 1}] | tier up to 5 must en
          [{upTo: 9, unitPrice: 1}, {upTo: 5, unitPrice: 1}, {unitPrice: 1}] | tier up to 5 must en
          [{upTo: 0, unitPrice: 1}, {unitPrice: 1}]  | tier up to 0 must end after 0
          [{upTo: 5, unitPrice: -1}, {unitPrice: 1}] | unit price must not be negative, was
          [{upTo: 5, unitPrice: 1}, {unitPrice: -1}] | unit price must not be negative
          [{upTo: 5, unitPrice: 1, flat: 1}, {unitPrice: 1}] | unknown field 'flat' in an entry of
          [{upTo: 5, unitPrice: 1}, {unitPrice: 1, from: 5}] | unknown field 'from' in an entry of
          5                                       | field 'graduated': expected a list, found '5'
          [5]                                     | an entry of graduated must have fields, found
          """,
      delimiter = '|')
  void refusesOtherTiers(String tiers, String message) {
    assertRefused("{" + HEAD + ",\n meter: m, price: {graduated: " + tiers + "}}", message);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          name: N, cadence: P1M | field 'key' is missing in the document
          key: k, cadence: P1M  | field 'name' is missing in the document
          key: k, name: N       | field 'cadence' is missing in the document
          key: k, name: N, cadence: monthly | P1M or PT1H, or once, found 'monthly'
          key: k, name: N, cadence: P1M, proration: daily | full or none, found 'daily'
          """,
      delimiter = '|')
  void refusesAHeadThatIsNotWhole(String head, String message) {
    assertRefused("{" + head + ",\n meter: m, price: {unit: 1}}", message);
  }

  private static void assertRefused(String card, String message) {
    assertThatThrownBy(() -> read(card))
        .isInstanceOf(CatalogRefused.class)
        .hasMessageStartingWith("card line ")
        .hasMessageContaining(message);
  }

  private static RateCard read(String card) {
    return RateCardReader.read(card, "card");
  }

  private static Tier tier(String upTo, String unitPrice) {
    return new Tier(new BigDecimal(upTo), Rate.perUnit(new BigDecimal(unitPrice)));
  }
}
