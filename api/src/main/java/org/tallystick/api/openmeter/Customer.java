package org.tallystick.api.openmeter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Whom a simulated invoice is for.
public record Customer(String id, String key, String name) {

  /// Of a simulation outside of any database.
  public static final Customer NOBODY = new Customer("", "", "");

  /// BillingInvoiceCustomerExtendedDetails.
  Map<String, Object> json() {
    var json = new LinkedHashMap<String, Object>();
    if (!key.isEmpty()) {
      json.put("id", id);
      json.put("key", key);
      json.put("name", name);
    }
    json.put("usageAttribution", Map.of("subjectKeys", List.of()));
    return json;
  }
}
