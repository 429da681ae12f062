package dev.countersign;

import dev.countersign.config.ResourceServerConfig;
import dev.countersign.oauth.ResourceIdentifier;
import dev.countersign.token.AuthorizationServerCheck;
import dev.countersign.token.AuthorizationServerCheck.Finding;
import dev.countersign.token.TrustedIssuer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Asks each authorization server for its metadata once, and logs what does not fit the configuration. */
final class StartCheck {

  private static final Logger LOG = System.getLogger("dev.countersign");

  private StartCheck() {}

  static void run(ResourceServerConfig config) {
    ResourceIdentifier resource = config.resources().get(0).identifier();
    for (TrustedIssuer issuer : config.issuers()) {
      for (Finding finding : AuthorizationServerCheck.check(issuer, resource)) {
        Level level =
            finding.level() == AuthorizationServerCheck.Level.ADVICE ? Level.INFO : Level.WARNING;
        LOG.log(level, "authorization server {0}: {1}", finding.issuer(), finding.text());
      }
    }
  }
}
