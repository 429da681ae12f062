package dev.countersign.config;

import dev.countersign.token.OpaqueTokens;
import dev.countersign.token.TrustedIssuer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;

/** What an operator has to know of a configuration that is not the strictest. */
final class Relaxations {

  private Relaxations() {}

  static List<String> of(
      ConfigBuilder builder, List<ProtectedResource> resources, TrustedIssuers issuers) {
    List<String> found = new ArrayList<>();
    add(found, builder.mode == Mode.REPORT_ONLY, "mode=report-only (nothing is protected)");
    add(found, builder.mode == Mode.REPAIR, "mode=repair (the application judges its tokens)");
    add(found, builder.allowHttpOnLoopback, "allow-http-on-loopback=true");
    add(found, builder.allowPrivateAddresses, "allow-private-addresses=true");
    add(
        found,
        !builder.publicPaths.isEmpty(),
        "public-paths=" + String.join(",", builder.publicPaths));
    for (ProtectedResource resource : resources) {
      names(found, "public-methods=", resource.publicCalls().methods(), resource);
      names(found, "public-tools=", resource.publicCalls().tools(), resource);
    }
    add(
        found,
        !builder.unguardedPorts.isEmpty(),
        "unguarded-ports=" + joined(builder.unguardedPorts));
    add(found, builder.allowedOrigins.contains("null"), "allowed-origins=null");
    add(
        found,
        builder.senderConstraint().isReplayAllowed(),
        "dpop-replay=false (a proof can be used again)");
    found.addAll(builder.hardening().relaxations());
    found.addAll(builder.sessions().relaxations());
    for (TrustedIssuer issuer : issuers.all()) {
      found.addAll(IssuerRelaxations.of(issuer, issuers.notes(issuer)));
    }
    for (OpaqueTokens opaque : issuers.opaqueTokens()) {
      if (opaque.inquiry() instanceof OpaqueTokens.Inquiry.TokenInfo tokenInfo) {
        String issuer = opaque.issuer().issuer();
        found.add("tokeninfo-endpoint=" + tokenInfo.endpoint() + " for " + issuer);
      }
    }
    return List.copyOf(found);
  }

  private static void add(List<String> found, boolean on, String relaxation) {
    if (on) {
      found.add(relaxation);
    }
  }

  private static void names(
      List<String> found, String setting, Set<String> names, ProtectedResource resource) {
    String of = resource.name().isEmpty() ? "" : " for " + resource.name();
    add(found, !names.isEmpty(), setting + String.join(",", new TreeSet<>(names)) + of);
  }

  private static String joined(Set<Integer> ports) {
    StringJoiner joined = new StringJoiner(",");
    for (Integer port : ports) {
      joined.add(port.toString());
    }
    return joined.toString();
  }
}
