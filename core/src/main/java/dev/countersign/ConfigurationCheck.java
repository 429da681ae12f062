package dev.countersign;

import dev.countersign.config.ProtectedResource;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.http.ChallengeLint;
import dev.countersign.http.LintCode;
import dev.countersign.oauth.AuthScheme;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.spi.Finding;
import dev.countersign.spi.Finding.Level;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What clients stumble over although the settings are valid, seen from the settings alone. */
final class ConfigurationCheck {

  private static final Set<LintCode> LONG =
      EnumSet.of(LintCode.TOO_LONG, LintCode.TRUNCATED, LintCode.TOO_MANY_SCOPES);

  private static final Set<String> OF_IDENTITY =
      Set.of("openid", "profile", "email", "address", "phone", "offline_access");

  private ConfigurationCheck() {}

  static List<Finding> findings(ResourceServerConfig config, Answers answers) {
    List<Finding> findings = new ArrayList<>();
    for (ProtectedResource resource : config.resources()) {
      challenge(resource, answers, findings);
      servers(resource, findings);
      scopes(resource, findings);
    }
    return findings;
  }

  private static void challenge(
      ProtectedResource resource, Answers answers, List<Finding> findings) {
    Decision first = new Decision.Denied(Denial.NO_CREDENTIALS, resource.announced(), "");
    List<String> challenge =
        answers.to(first, resource, "POST", AuthScheme.BEARER).values("WWW-Authenticate");
    if (ChallengeLint.withoutToken(resource.identifier().origin()).check(challenge).stream()
        .anyMatch(flaw -> LONG.contains(flaw.code()))) {
      findings.add(
          warning(
              "D13",
              resource,
              "the challenge has "
                  + challenge.stream().mapToInt(String::length).sum()
                  + " bytes and "
                  + resource.announced().tokens().size()
                  + " scopes; proxies and clients cut it: announce only what the first calls"
                  + " need"));
    }
  }

  private static void servers(ProtectedResource resource, List<Finding> findings) {
    int servers = resource.metadata().authorizationServers().size();
    if (servers > 1) {
      findings.add(
          warning(
              "D24",
              resource,
              servers + " authorization servers: most clients use the first one only"));
    }
  }

  private static void scopes(ProtectedResource resource, List<Finding> findings) {
    Set<String> unwanted = new LinkedHashSet<>(resource.metadata().scopesSupported());
    unwanted.addAll(resource.announced().tokens());
    unwanted.retainAll(OF_IDENTITY);
    if (!unwanted.isEmpty()) {
      findings.add(
          warning(
              "D45",
              resource,
              String.join(", ", unwanted)
                  + " is no scope of this resource: some authorization servers refuse it"));
    }
  }

  private static Finding warning(String id, ProtectedResource resource, String text) {
    return new Finding(id, Level.WARNING, resource.identifier() + ": " + text);
  }
}
