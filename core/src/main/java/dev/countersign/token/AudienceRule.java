package dev.countersign.token;

import dev.countersign.oauth.Scope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a token is for the resource (RFC 9068 section 4, RFC 8707 section 2). */
final class AudienceRule {

  private static final Set<String> AUD = Set.of("aud");

  private AudienceRule() {}

  static boolean isFor(ClaimRules.Case one) {
    AudienceBinding binding = one.issuer().binding();
    return isTyped(one.claims(), binding) && isNamed(one, binding) && hasSecondTie(one);
  }

  /** Whether it is of a listed client and has the scopes that tie, where there are such. */
  static boolean hasSecondTie(ClaimRules.Case one) {
    return isOfListedClient(one) && hasBindingScopes(one);
  }

  // aud itself has been checked with the other claims.
  private static boolean isTyped(Claims claims, AudienceBinding binding) {
    for (String name : binding.audienceClaims()) {
      if (claims.has(name) && !ClaimTypes.isAudience(claims.value(name))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNamed(ClaimRules.Case one, AudienceBinding binding) {
    boolean ours = false;
    List<String> values = values(one.claims(), binding);
    for (String value : values) {
      boolean named = names(value, one, binding);
      if (!named && one.issuer().exclusiveAudience() && !binding.extraAudiences().contains(value)) {
        return false;
      }
      ours |= named;
    }
    return ours
        || (values.isEmpty() && binding.absentAudience())
        || (!binding.scopeAsAudience().isEmpty()
            && !Collections.disjoint(scope(one), binding.scopeAsAudience()));
  }

  private static List<String> values(Claims claims, AudienceBinding binding) {
    if (binding.audienceClaims().equals(AUD)) {
      return claims.texts("aud");
    }
    List<String> values = new ArrayList<>();
    binding.audienceClaims().forEach(name -> values.addAll(claims.texts(name)));
    return values;
  }

  private static boolean names(String value, ClaimRules.Case one, AudienceBinding binding) {
    return (isOurs(value, one, binding) && !isClient(value, one))
        || (binding.clientIdAsAudience() && binding.clientIds().contains(value));
  }

  private static boolean isOurs(String value, ClaimRules.Case one, AudienceBinding binding) {
    // The usual spelling costs nothing.
    return value.equals(one.resource().toString())
        || one.resource().isNamedBy(value)
        || one.issuer().audienceAliases().contains(value)
        || (binding.originAudience() && isOrigin(value, one.resource().origin()));
  }

  private static boolean isOrigin(String value, String origin) {
    return value.equals(origin) || value.equals(origin + "/");
  }

  // A token for the client itself is an ID token (RFC 9068 section 5), even if the client has our
  // name.
  private static boolean isClient(String value, ClaimRules.Case one) {
    Claims claims = one.claims();
    if (value.equals(claims.value("client_id")) || value.equals(claims.value("azp"))) {
      return true;
    }
    for (String name : one.issuer().clientIdClaims()) {
      if (value.equals(claims.value(name))) {
        return true;
      }
    }
    return false;
  }

  static boolean isOfListedClient(ClaimRules.Case one) {
    Set<String> listed = one.issuer().binding().clientIds();
    if (listed.isEmpty()) {
      return true;
    }
    Optional<String> client = one.claims().firstText(one.issuer().clientIdClaims());
    return client.isPresent() && listed.contains(client.get());
  }

  static boolean hasBindingScopes(ClaimRules.Case one) {
    Set<String> needed = one.issuer().binding().bindingScopes();
    return needed.isEmpty() || scope(one).containsAll(needed);
  }

  private static Set<String> scope(ClaimRules.Case one) {
    return ScopeClaims.read(one.claims(), one.issuer()).orElse(Scope.NONE).tokens();
  }
}
