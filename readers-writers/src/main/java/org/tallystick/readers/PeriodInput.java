package org.tallystick.readers;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.tallystick.domain.money.Fraction;
import org.tallystick.domain.money.Rounding;
import org.tallystick.sql.Instants;

/// What a service period is priced with.
///
/// @param factor from base units to the priced unit
/// @param quantity in the priced unit
/// @param before of the parts that this one continues; none if it begins
/// @param through the instant up to which its usage counts, exclusive
/// @param cutoff the greatest intake batch that counts
public record PeriodInput(
    UUID item,
    UUID terms,
    CutPeriod cut,
    Fraction factor,
    Fraction quantity,
    Optional<Fraction> before,
    Instant through,
    long cutoff,
    boolean isRoundedByPart) {

  /// From the columns item_id, terms_id, quantity, quantity_before, factor_numerator,
  /// factor_divisor, through, cutoff, rounding and those of [CutPeriod#get].
  public static PeriodInput get(ResultSet row) throws SQLException {
    var factor =
        Fraction.of(row.getBigDecimal("factor_numerator"), row.getBigDecimal("factor_divisor"));
    return new PeriodInput(
        row.getObject("item_id", UUID.class),
        row.getObject("terms_id", UUID.class),
        CutPeriod.get(row),
        factor,
        factor.times(row.getBigDecimal("quantity")),
        Optional.ofNullable(row.getBigDecimal("quantity_before")).map(factor::times),
        Instants.get(row, "through"),
        row.getLong("cutoff"),
        row.getString("rounding").equals("per_part"));
  }

  /// What is done to each part of the price.
  UnaryOperator<Fraction> rounding() {
    return isRoundedByPart ? Rounding.to(cut.unit()) : UnaryOperator.identity();
  }

  public Instant starts() {
    return cut.service().starts();
  }
}
