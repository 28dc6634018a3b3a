package org.tallystick.readers;

import static java.math.BigDecimal.TEN;
import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javax.money.Monetary;
import org.tallystick.domain.catalog.RateCard;
import org.tallystick.domain.invoice.DuePeriod;
import org.tallystick.domain.invoice.InvoiceLine;
import org.tallystick.domain.invoice.Invoicing;
import org.tallystick.domain.invoice.LineCategory;
import org.tallystick.domain.money.Fraction;
import org.tallystick.domain.rating.Portion;
import org.tallystick.domain.rating.Rating;
import org.tallystick.domain.time.ServicePeriod;
import org.tallystick.domain.wallet.Allowance;
import org.tallystick.domain.wallet.Credit;
import org.tallystick.domain.wallet.Drawdowns;
import org.tallystick.domain.wallet.Grant;

/// One invoice over ten units, with credit.
final class Credits {

  private static final ServicePeriod MONTH =
      new ServicePeriod(
          Instant.parse("2025-01-01T00:00:00Z"), Instant.parse("2025-02-01T00:00:00Z"));

  private Credits() {}

  /// What grants of `amounts` ("75, 75") give to the usage line and to that of the shortfall.
  static List<String> drawn(RateCard card, String amounts) {
    var grants = new ArrayList<Credit>();
    for (var amount : amounts.split(", ", -1)) {
      int number = grants.size();
      grants.add(
          new Grant(
                  new UUID(0, number),
                  "g" + number,
                  Grant.Kind.PAID,
                  number,
                  MONTH.starts(),
                  MONTH.ends(),
                  MONTH.starts(),
                  Set.of(),
                  Allowance.once(new BigDecimal(amount)))
              .withBalance(new BigDecimal(amount)));
    }
    var rated = Rating.rate(card, Portion.WHOLE, Fraction.of(TEN), UnaryOperator.identity());
    var due =
        new DuePeriod(
            new UUID(1, 0),
            new UUID(1, 1),
            card,
            "unit",
            MONTH,
            Portion.WHOLE,
            rated,
            Optional.of(ZERO),
            Map.of());
    var lines =
        Invoicing.draft(List.of(due), Monetary.getCurrency("USD"), new Drawdowns(grants)).lines();
    return List.of(drawn(lines, LineCategory.USAGE), drawn(lines, LineCategory.COMMITMENT));
  }

  private static String drawn(List<InvoiceLine> lines, LineCategory category) {
    return lines.stream()
        .filter(line -> line.category() == category)
        .flatMap(line -> line.drawdowns().stream())
        .map(draw -> draw.amount().stripTrailingZeros().toPlainString())
        .collect(Collectors.joining(", "));
  }
}
