package org.tallystick.readers;

import java.util.Locale;

/// The number of a posted document, as people write it: `INV-000123`.
public record InvoiceNumber(String series, long sequence) {

  /// Throws IllegalArgumentException if `text` is no such number.
  public static InvoiceNumber parse(String text) {
    int dash = text.lastIndexOf('-');
    if (dash <= 0 || !text.substring(dash + 1).matches("\\d{1,18}")) {
      throw new IllegalArgumentException(
          "expected an invoice number like INV-000123, found '" + text + "'");
    }
    return new InvoiceNumber(text.substring(0, dash), Long.parseLong(text.substring(dash + 1)));
  }

  static String of(String series, long sequence) {
    return new InvoiceNumber(series, sequence).toString();
  }

  @Override
  public String toString() {
    return series + "-" + String.format(Locale.ROOT, "%06d", sequence);
  }
}
