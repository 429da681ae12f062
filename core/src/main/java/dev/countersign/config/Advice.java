package dev.countersign.config;

import dev.countersign.oauth.ProtectedResourceMetadata;
import dev.countersign.oauth.ResourceIdentifier;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a configuration should not have although nothing forbids it. */
final class Advice {

  // Clients without a challenge ask for all of scopes_supported at once.
  private static final int MANY_SCOPES = 10;

  private static final Set<String> OMNIBUS = Set.of("all", "full-access", "full_access", "*");

  private Advice() {}

  static List<String> of(List<ProtectedResource> resources, SenderConstraints constraints) {
    List<String> advice = new ArrayList<>();
    for (ProtectedResource resource : resources) {
      identifier(resource.identifier(), advice);
      scopes(resource.metadata().scopesSupported(), advice);
      languages(resource.metadata(), advice);
    }
    if (constraints.dpop() != Binding.OFF && !constraints.dpopNonce()) {
      advice.add(
          "dpop without dpop-nonce: whoever can use the key of a client for a moment can make"
              + " proofs for later (RFC 9449 section 11.2)");
    }
    return List.copyOf(advice);
  }

  private static void identifier(ResourceIdentifier identifier, List<String> advice) {
    if (identifier.hasQuery()) {
      advice.add(identifier + " has a query, which RFC 9728 section 1.2 advises against");
    }
    if (identifier.path().endsWith("/")) {
      advice.add(
          identifier + " ends with a slash: clients that leave it out will not match (RFC 9728)");
    }
    String host = String.valueOf(URI.create(identifier.toString()).getHost());
    if (isInternal(host.toLowerCase(Locale.ROOT)) && !ResourceIdentifier.isLoopback(host)) {
      advice.add(
          identifier + " has an internal name, and the metadata document shows it to everybody");
    }
  }

  private static boolean isInternal(String host) {
    return host.endsWith(".local")
        || host.endsWith(".internal")
        || host.matches("(10|192\\.168|172\\.(1[6-9]|2\\d|3[01]))(\\.\\d{1,3})+")
        || host.startsWith("[fd")
        || host.startsWith("[fc");
  }

  private static void scopes(List<String> supported, List<String> advice) {
    if (supported.size() > MANY_SCOPES) {
      advice.add(
          "scopes_supported lists "
              + supported.size()
              + " scopes: some clients ask for all of them at the first login");
    }
    supported.stream()
        .filter(scope -> OMNIBUS.contains(scope) || scope.endsWith("*"))
        .forEach(scope -> advice.add("the scope " + scope + " grants everything at once"));
  }

  private static void languages(ProtectedResourceMetadata metadata, List<String> advice) {
    metadata.members().keySet().stream()
        .filter(name -> name.contains("#"))
        .map(name -> name.substring(0, name.indexOf('#')))
        .distinct()
        .filter(name -> !metadata.members().containsKey(name))
        .forEach(
            name -> advice.add(name + " has no value without a language (RFC 9728 section 2.1)"));
  }
}
