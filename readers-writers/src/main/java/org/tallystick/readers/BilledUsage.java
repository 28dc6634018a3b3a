package org.tallystick.readers;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;

/// A usage line of a posted invoice, with what its period is priced with as its run saw it.
///
/// @param number of the invoice
/// @param customer the key of whose usage it is
/// @param meter the key of the meter that it adds up
/// @param aggregation of the meter, as it is declared
/// @param unit of the meter; the line's own is money if a rule prices single records
/// @param input with the quantity added up anew from the records
/// @param billed the quantity on the line, as stored
/// @param exact the price on the line, exact; `whole` is it rounded
public record BilledUsage(
    String number,
    int lineNo,
    String customer,
    String meter,
    String aggregation,
    String unit,
    PeriodInput input,
    BigDecimal billed,
    BigDecimal exact,
    BigDecimal whole) {

  static BilledUsage get(ResultSet row) throws SQLException {
    return new BilledUsage(
        InvoiceNumber.of(row.getString("series"), row.getLong("number")),
        row.getInt("line_no"),
        row.getString("customer_key"),
        row.getString("meter_key"),
        row.getString("aggregation"),
        row.getString("meter_unit"),
        PeriodInput.get(row),
        row.getBigDecimal("quantity_billed"),
        row.getBigDecimal("exact"),
        row.getBigDecimal("whole"));
  }
}
