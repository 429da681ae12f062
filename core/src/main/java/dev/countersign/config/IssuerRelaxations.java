package dev.countersign.config;

import dev.countersign.token.AudienceBinding;
import dev.countersign.token.TokenShape;
import dev.countersign.token.TrustedIssuer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What an operator has to know of an authorization server whose tokens are not judged strictly. */
final class IssuerRelaxations {

  private final List<String> found = new ArrayList<>();

  private IssuerRelaxations() {}

  static List<String> of(TrustedIssuer issuer, List<String> notes) {
    IssuerRelaxations relaxations = new IssuerRelaxations();
    relaxations.found.addAll(notes);
    relaxations.add(issuer.acceptPlainJwt(), "accept-plain-jwt=true");
    relaxations.add("audience-aliases", issuer.audienceAliases());
    relaxations.add("issuer-aliases", issuer.issuerAliases());
    relaxations.add(issuer.binding());
    relaxations.add(issuer.shape());
    List<String> named = new ArrayList<>();
    for (String one : relaxations.found) {
      named.add(one + " for " + issuer.issuer());
    }
    return named;
  }

  private void add(AudienceBinding binding) {
    add(binding.originAudience(), "accept-origin-audience=true");
    if (!binding.audienceClaims().equals(AudienceBinding.STRICT.audienceClaims())) {
      add("audience-claims", binding.audienceClaims());
    }
    add("extra-audiences", binding.extraAudiences());
    add(binding.clientIdAsAudience(), "client-id-as-audience=true");
    add(binding.absentAudience(), "absent-audience=true");
    add("scope-as-audience", binding.scopeAsAudience());
  }

  private void add(TokenShape shape) {
    if (!shape.tokenTypes().equals(TokenShape.RFC9068.tokenTypes())) {
      add("token-types", shape.tokenTypes());
    }
    add(shape.scopeArray(), "accept-scope-array=true");
    add(!shape.scopePrefix().isEmpty(), "scope-prefix=" + shape.scopePrefix());
  }

  private void add(String setting, Collection<String> values) {
    add(!values.isEmpty(), setting + "=" + String.join(",", values));
  }

  private void add(boolean on, String relaxation) {
    if (on) {
      found.add(relaxation);
    }
  }
}
