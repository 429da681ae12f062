package dev.countersign;

import dev.countersign.oauth.AccessToken;
import dev.countersign.oauth.BearerToken;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.oauth.ResourceIdentifier;
import dev.countersign.oauth.Scope;
import dev.countersign.spi.TokenValidator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes every token that is called {@code good}, with the scope behind it: {@code
 * good.mcp_read.mcp_write}. A token that is the name of a {@link Denial} is denied so; {@code
 * outage} is undecided; all others are malformed.
 */
final class StubValidator implements TokenValidator {

  final List<ResourceIdentifier> asked = new ArrayList<>();
  boolean closed;

  @Override
  public Decision validate(BearerToken token, ResourceIdentifier resource) {
    asked.add(resource);
    String text = token.text();
    if (text.startsWith("good")) {
      return new Decision.Granted(accessToken(text.substring(4), resource));
    }
    if (text.equals("outage")) {
      return new Decision.Undecided("no keys");
    }
    for (Denial why : Denial.values()) {
      if (why.name().equals(text)) {
        return new Decision.Denied(
            why, Scope.of("scope-of-the-validator"), "detail of the validator");
      }
    }
    return new Decision.Denied(Denial.TOKEN_MALFORMED, "no such token");
  }

  private static AccessToken accessToken(String scope, ResourceIdentifier resource) {
    return new AccessToken(
        "https://id.example",
        "subject",
        Optional.of("client"),
        List.of(resource.toString()),
        Scope.parse(scope.replace('.', ' ').replace('_', ':')),
        Instant.MAX,
        Map.of());
  }

  @Override
  public void close() {
    closed = true;
  }
}
