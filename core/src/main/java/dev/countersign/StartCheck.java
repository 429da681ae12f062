package dev.countersign;

import dev.countersign.config.ProtectedResource;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.oauth.ProtectedResourceMetadata;
import dev.countersign.spi.Finding;
import dev.countersign.token.AuthorizationServerCheck;
import dev.countersign.token.OpaqueTokens;
import dev.countersign.token.TrustedIssuer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Asks each authorization server for its metadata and its keys once. */
final class StartCheck {

  private StartCheck() {}

  static List<Finding> findings(ResourceServerConfig config) {
    List<ProtectedResourceMetadata> resources =
        config.resources().stream().map(ProtectedResource::metadata).toList();
    // What both checks of one server find is said once.
    Set<Finding> findings = new LinkedHashSet<>();
    for (TrustedIssuer issuer : config.jwtIssuers()) {
      findings.addAll(AuthorizationServerCheck.check(issuer, resources));
    }
    for (OpaqueTokens tokens : config.opaqueTokens()) {
      findings.addAll(AuthorizationServerCheck.check(tokens, resources));
    }
    return List.copyOf(findings);
  }
}
