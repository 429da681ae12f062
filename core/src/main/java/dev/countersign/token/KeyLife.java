package dev.countersign.token;

import dev.countersign.internal.FetchResult.Fetched;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** For how long a fetched key set is fresh (RFC 9111 section 5.2.2.1), within bounds of our own. */
final class KeyLife {

  static final Duration SHORTEST = Duration.ofMinutes(1);
  static final Duration USUAL = Duration.ofMinutes(5);
  static final Duration LONGEST = Duration.ofHours(1);

  // max-age=<delta-seconds>; s-maxage is for shared caches, which this is not
  private static final Pattern MAX_AGE =
      Pattern.compile("(?:^|[\\s,])max-age=\"?(\\d{1,9})", Pattern.CASE_INSENSITIVE);
  private static final Pattern FORBIDDEN =
      Pattern.compile("(?:^|[\\s,])no-(?:store|cache)(?:$|[\\s,])", Pattern.CASE_INSENSITIVE);

  private KeyLife() {}

  static Duration of(Fetched document) {
    String control = document.field("cache-control");
    if (FORBIDDEN.matcher(control).find()) {
      return SHORTEST;
    }
    Matcher maxAge = MAX_AGE.matcher(control);
    return maxAge.find() ? bounded(Long.parseLong(maxAge.group(1))) : USUAL;
  }

  private static Duration bounded(long seconds) {
    return Duration.ofSeconds(
        Math.min(Math.max(seconds, SHORTEST.toSeconds()), LONGEST.toSeconds()));
  }
}
