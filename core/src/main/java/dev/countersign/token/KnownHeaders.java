package dev.countersign.token;

import dev.countersign.internal.Json;
import dev.countersign.internal.JsonException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads headers, and spares those that were read before: most issuers write one and the same header
 * for as long as they use a key. Only what a trusted key has signed is kept, so that nobody else
 * can fill it. Thread-safe.
 */
final class KnownHeaders {

  // An issuer with something new in each header fills it, and then has every header read.
  static final int MAX = 64;

  private final Map<String, Map<String, Object>> byText = new ConcurrentHashMap<>();

  /**
   * The header of a token.
   *
   * @param jws the token
   * @return its members, unmodifiable
   * @throws JsonException if it is no header
   */
  Map<String, Object> read(CompactJws jws) throws JsonException {
    Map<String, Object> known = byText.get(jws.headerText());
    return known == null ? Json.readObject(jws.header(), HeaderRules.LIMITS) : known;
  }

  /**
   * Keeps a header, if there is room.
   *
   * @param jws a token whose signature verifies
   * @param header what was read of it
   */
  void keep(CompactJws jws, Map<String, Object> header) {
    if (byText.size() < MAX) {
      byText.putIfAbsent(jws.headerText(), header);
    }
  }
}
