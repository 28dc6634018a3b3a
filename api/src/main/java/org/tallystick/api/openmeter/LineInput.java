package org.tallystick.api.openmeter;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.tallystick.domain.catalog.PricingModel.Flat;
import org.tallystick.domain.catalog.RateCard;
import org.tallystick.domain.catalog.RateCard.Charge;
import org.tallystick.domain.catalog.RateCard.Discounts;
import org.tallystick.domain.money.Fraction;
import org.tallystick.domain.time.ServicePeriod;

/// InvoiceSimulationLine of OpenMeter's document, read and checked. `before` is what was used in
/// the period before this line; `input` is what was sent, for what is sent back as it came.
record LineInput(
    Field input,
    String name,
    ServicePeriod period,
    Instant invoiceAt,
    RateCard card,
    Fraction quantity,
    Fraction before) {

  private static final int NAME_MAX = 256;

  static LineInput read(Field line) {
    var name = line.required("name").text(NAME_MAX);
    var terms = line.optional("rateCard").orElse(line);
    var price = terms.optional("price").or(() -> line.optional("price"));
    var card =
        card(
            name,
            price.orElseThrow(() -> new BadRequest(terms.path() + ".price", "is missing")),
            terms.optional("discounts"));
    boolean isFlat = card.price() instanceof Flat;
    var quantity = line.required("quantity").notNegative();
    var before = line.optional("preLinePeriodQuantity");
    if (before.isPresent()
        && before.get().notNegative().signum() > 0
        && !card.price().isSplittable()) {
      throw before.get().refuse("0: a volume price cannot be split");
    }
    return new LineInput(
        line,
        name,
        period(line.required("period")),
        line.required("invoiceAt").instant(),
        card,
        isFlat ? Fraction.ONE : Fraction.of(quantity),
        isFlat
            ? Fraction.ZERO
            : Fraction.of(before.map(Field::notNegative).orElse(BigDecimal.ZERO)));
  }

  /// The unlocked half of a rate card: what the simulation doesn't say has no part in the price.
  private static RateCard card(String name, Field price, Optional<Field> discounts) {
    var model = PriceInput.model(price);
    boolean isFlat = model instanceof Flat;
    var percentage =
        discounts
            .flatMap(d -> d.optional("percentage"))
            .map(p -> p.required("percentage").percentage());
    var usage = discounts.flatMap(d -> d.optional("usage")).map(u -> u.required("quantity"));
    if (isFlat && usage.isPresent()) {
      throw usage.get().refuse("no usage discount on a flat price");
    }
    return RateCard.monthly(
            "simulated",
            name,
            isFlat ? new Charge.Fee(true, BigDecimal.ONE) : new Charge.Usage("simulated"),
            model)
        .withDiscounts(
            new Discounts(
                usage.map(Field::notNegative).orElse(BigDecimal.ZERO),
                percentage.orElse(BigDecimal.ZERO),
                BigDecimal.ZERO))
        .withSpend(PriceInput.spend(price));
  }

  private static ServicePeriod period(Field period) {
    var from = period.required("from").instant();
    var to = period.required("to");
    if (!to.instant().isAfter(from)) {
      throw to.refuse("a time after " + from);
    }
    return new ServicePeriod(from, to.instant());
  }

  boolean isFlat() {
    return card.price() instanceof Flat;
  }
}
