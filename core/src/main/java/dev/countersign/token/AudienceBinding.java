package dev.countersign.token;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What ties the tokens of an issuer to the resource when {@code aud} alone cannot (RFC 9068 section
 * 4 wants it to). Every value is exact; a weak tie needs a second one beside it. Immutable.
 *
 * @param originAudience whether the origin of the resource, with or without a slash, counts as the
 *     resource in {@code aud}
 * @param audienceClaims the claims whose values are audiences, {@code aud} unless set
 * @param extraAudiences the audiences that a token may have beside the resource although only one
 *     is accepted
 * @param clientIds the only clients whose tokens are accepted; empty for all
 * @param clientIdAsAudience whether one of these clients in {@code aud} stands for the resource
 * @param absentAudience whether a token without {@code aud} is accepted
 * @param bindingScopes scope-tokens of this resource alone, all of which every token must have
 * @param scopeAsAudience scope-tokens of this resource alone, any of which stands for the audience
 */
public record AudienceBinding(
    boolean originAudience,
    Set<String> audienceClaims,
    Set<String> extraAudiences,
    Set<String> clientIds,
    boolean clientIdAsAudience,
    boolean absentAudience,
    Set<String> bindingScopes,
    Set<String> scopeAsAudience) {

  // OpenID Connect Core sections 5.4 and 11: every resource of an issuer may see these.
  static final Set<String> OPENID_SCOPES =
      Set.of("openid", "profile", "email", "address", "phone", "offline_access");

  /** The audience is in {@code aud} and nowhere else. */
  public static final AudienceBinding STRICT =
      new AudienceBinding(
          false, Set.of("aud"), Set.of(), Set.of(), false, false, Set.of(), Set.of());

  /**
   * Checks and copies.
   *
   * @throws IllegalArgumentException if an option stands without the one that guards it, or a value
   *     ties nothing; the message says what was expected
   */
  public AudienceBinding {
    audienceClaims = ordered(audienceClaims);
    extraAudiences = ordered(extraAudiences);
    clientIds = ordered(clientIds);
    bindingScopes = ordered(bindingScopes);
    scopeAsAudience = ordered(scopeAsAudience);
    require(!audienceClaims.isEmpty(), "audience-claims: expected at least one claim");
    for (Set<String> values :
        List.of(audienceClaims, extraAudiences, clientIds, bindingScopes, scopeAsAudience)) {
      require(isExact(values), "expected exact values; there is no wildcard");
    }
    require(
        !clientIdAsAudience || !(clientIds.isEmpty() || bindingScopes.isEmpty()),
        "client-id-as-audience needs client-ids and binding-scopes");
    require(!absentAudience || !clientIds.isEmpty(), "absent-audience needs client-ids");
    require(
        isOfOneResource(bindingScopes) && isOfOneResource(scopeAsAudience),
        "expected scopes of this resource alone, which no scope of OpenID Connect is");
  }

  private static boolean isExact(Set<String> values) {
    return !values.contains("") && !values.contains("*");
  }

  static boolean isOfOneResource(Collection<String> scopes) {
    return Collections.disjoint(scopes, OPENID_SCOPES);
  }

  private static void require(boolean holds, String expectation) {
    if (!holds) {
      throw new IllegalArgumentException(expectation);
    }
  }

  private static Set<String> ordered(Collection<String> values) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(List.copyOf(values)));
  }

  /** Whether a token of one resource could pass for another of the same configuration. */
  boolean isSharedByResources() {
    return originAudience || clientIdAsAudience || absentAudience || !scopeAsAudience.isEmpty();
  }
}
