package dev.countersign;

import dev.countersign.config.ResourceServerConfig;
import dev.countersign.oauth.ResourceIdentifier;
import dev.countersign.token.AuthorizationServerCheck;
import dev.countersign.token.AuthorizationServerCheck.Finding;
import dev.countersign.token.OpaqueTokens;
import dev.countersign.token.TrustedIssuer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Asks each authorization server for its metadata once, and logs what does not fit the
 * configuration.
 */
final class StartCheck {

  private static final Logger LOG = System.getLogger("dev.countersign");

  private StartCheck() {}

  static void run(ResourceServerConfig config) {
    ResourceIdentifier resource = config.resources().get(0).identifier();
    // What both checks of one server find is said once.
    Set<Finding> findings = new LinkedHashSet<>();
    for (TrustedIssuer issuer : config.jwtIssuers()) {
      findings.addAll(AuthorizationServerCheck.check(issuer, resource));
    }
    for (OpaqueTokens tokens : config.opaqueTokens()) {
      findings.addAll(AuthorizationServerCheck.check(tokens, resource));
    }
    for (Finding finding : findings) {
      Level level =
          finding.level() == AuthorizationServerCheck.Level.ADVICE ? Level.INFO : Level.WARNING;
      LOG.log(level, "authorization server {0}: {1}", finding.issuer(), finding.text());
    }
  }
}
