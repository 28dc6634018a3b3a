package org.tallystick.domain.ledger;

/// The chart of accounts.
public enum LedgerAccount {
  /// What customers owe.
  RECEIVABLE,
  /// What was billed, net of discounts.
  REVENUE,
  /// Prepaid by customers and not used yet: a liability.
  CUSTOMER_CREDIT,
  /// Given away to customers and not used yet.
  PROMOTIONAL_CREDIT,
  /// Credit in money that was given away and did not lapse: a cost.
  PROMOTION,
  /// Prepaid credit that expired unused.
  BREAKAGE,
  /// Credit that holds have set aside.
  CREDIT_HELD,
  /// Credit given out in a unit that is no money.
  CREDIT_ISSUED,
  /// What customers owe on their wallets.
  OVERDRAFT,
  CASH
}
