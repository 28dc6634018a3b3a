package org.tallystick.writers;

import javax.money.Monetary;

/// What the books call what becomes of grants.
public final class GrantReferences {

  private GrantReferences() {}

  /// `grant/acme/order-17`; of credits with their unit, `grant/acme/qpu/order-17`.
  public static String of(String what, String customer, String unit, String grant) {
    return Monetary.isCurrencyAvailable(unit)
        ? String.join("/", what, customer, grant)
        : String.join("/", what, customer, unit, grant);
  }
}
