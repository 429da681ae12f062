package dev.countersign;

import dev.countersign.oauth.AccessToken;
import dev.countersign.oauth.BearerToken;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.oauth.ResourceIdentifier;
import dev.countersign.oauth.Scope;
import dev.countersign.spi.TokenValidator;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes every token {@code issuer/subject/client/scopes/seconds}, which is good for that many
 * seconds from the start, unless it has been made inactive.
 */
final class CallerTokens implements TokenValidator {

  final Set<String> inactive = new HashSet<>();
  boolean outage;
  int asked;
  private final InstantSource clock;
  private final Instant start;

  CallerTokens(InstantSource clock) {
    this.clock = clock;
    this.start = clock.instant();
  }

  /** A token for an hour with the scope that every request needs. */
  static String of(String subject) {
    return "id/" + subject + "/client/mcp_read/3600";
  }

  @Override
  public Decision validate(BearerToken token, ResourceIdentifier resource) {
    asked++;
    if (outage) {
      return new Decision.Undecided("out of reach");
    }
    String[] parts = token.text().split("/");
    Instant end = start.plus(Duration.ofSeconds(Long.parseLong(parts[4])));
    if (inactive.contains(token.text())) {
      return new Decision.Denied(Denial.INACTIVE, "");
    }
    return clock.instant().isBefore(end.plusSeconds(30))
        ? new Decision.Granted(accessToken(parts, end, resource))
        : new Decision.Denied(Denial.EXPIRED, "");
  }

  private static AccessToken accessToken(String[] parts, Instant end, ResourceIdentifier resource) {
    return new AccessToken(
        parts[0],
        parts[1],
        Optional.of(parts[2]),
        List.of(resource.toString()),
        Scope.parse(parts[3].replace('.', ' ').replace('_', ':')),
        end,
        Map.of("sid", "login-of-" + parts[1]));
  }
}
