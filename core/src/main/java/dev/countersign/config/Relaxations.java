package dev.countersign.config;

import dev.countersign.token.TrustedIssuer;
import java.util.ArrayList;
import java.util.List;

/** What an operator has to know of a configuration that is not the strictest. */
final class Relaxations {

  private Relaxations() {}

  static List<String> of(ConfigBuilder builder, List<TrustedIssuer> issuers) {
    List<String> found = new ArrayList<>();
    add(found, builder.mode == Mode.REPORT_ONLY, "mode=report-only (nothing is protected)");
    add(found, builder.allowHttpOnLoopback, "allow-http-on-loopback=true");
    add(found, builder.allowPrivateAddresses, "allow-private-addresses=true");
    add(
        found,
        !builder.publicPaths.isEmpty(),
        "public-paths=" + String.join(",", builder.publicPaths));
    add(found, builder.allowedOrigins.contains("null"), "allowed-origins=null");
    for (TrustedIssuer issuer : issuers) {
      add(found, issuer.acceptPlainJwt(), "accept-plain-jwt=true for " + issuer.issuer());
      add(
          found,
          !issuer.audienceAliases().isEmpty(),
          "audience-aliases="
              + String.join(",", issuer.audienceAliases())
              + " for "
              + issuer.issuer());
    }
    return List.copyOf(found);
  }

  private static void add(List<String> found, boolean on, String relaxation) {
    if (on) {
      found.add(relaxation);
    }
  }
}
