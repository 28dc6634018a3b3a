package org.tallystick.domain.rating;

/// Where in the order of operations a part comes from.
public enum Step {
  /// Units that cost nothing.
  FREE("free"),
  /// The price of units, before discounts.
  PRICE("price"),
  PERCENT_OFF("percent-off"),
  AMOUNT_OFF("amount-off"),
  /// What exceeds the maximum spend.
  MAXIMUM_SPEND("maximum-spend"),
  /// What is missing to the minimum spend.
  SHORTFALL("shortfall");

  private final String key;

  Step(String key) {
    this.key = key;
  }

  /// As it is written in part keys.
  public String key() {
    return key;
  }
}
