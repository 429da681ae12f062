package dev.countersign.http;

import java.util.Locale;
import java.util.Optional;

/**
 * The auth-params that RFC 6750 section 3, RFC 9728 section 5.1 and RFC 9470 section 3 define for
 * Bearer, in the order in which they are written: what machines read comes before what people read,
 * because several clients take the first {@code name=} that they find anywhere in the field.
 */
enum BearerParam {
  REALM(1),
  ERROR(2),
  SCOPE(3),
  RESOURCE_METADATA(4),
  ACR_VALUES(5),
  MAX_AGE(6),
  ERROR_DESCRIPTION(8),
  ERROR_URI(9);

  /** Where auth-params stand that are not of this list. */
  static final int EXTENSION_RANK = 7;

  private final int rank;
  private final String wireName = name().toLowerCase(Locale.ROOT);

  BearerParam(int rank) {
    this.rank = rank;
  }

  /** The name on the wire, in lower case. */
  String wireName() {
    return wireName;
  }

  int rank() {
    return rank;
  }

  /** The one of that name; names compare without regard to case. */
  static Optional<BearerParam> named(String name) {
    for (BearerParam param : values()) {
      if (param.wireName.equalsIgnoreCase(name)) {
        return Optional.of(param);
      }
    }
    return Optional.empty();
  }
}
