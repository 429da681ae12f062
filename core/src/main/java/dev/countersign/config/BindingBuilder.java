package dev.countersign.config;

import java.util.Collection;
import java.util.LinkedHashSet;

/**
 * What ties the tokens of an authorization server to the resource when it cannot put the resource
 * identifier into {@code aud}. Each method is a relaxation unless it says otherwise, none takes the
 * check of the audience away, and what ties weakly is refused without a second tie. Not
 * thread-safe.
 */
public final class BindingBuilder {

  private final IssuerOptions options;

  BindingBuilder(IssuerOptions options) {
    this.options = options;
  }

  /**
   * Whether the origin of the resource counts as the resource; with one resource only.
   *
   * @param accept true to accept it
   * @return this builder
   */
  public BindingBuilder acceptOriginAudience(boolean accept) {
    options.put("accept-origin-audience", "" + accept, to -> to.originAudience = accept);
    return this;
  }

  /**
   * The claims whose values are audiences.
   *
   * @param names names of claims, which replace {@code aud}
   * @return this builder
   */
  public BindingBuilder audienceClaims(Collection<String> names) {
    options.put(
        "audience-claims",
        String.join(",", names),
        to -> to.audienceClaims = new LinkedHashSet<>(IssuerDraft.some(names)));
    return this;
  }

  /**
   * The audiences that may stand beside the resource although only one is accepted.
   *
   * @param audiences exact values
   * @return this builder
   */
  public BindingBuilder extraAudiences(Collection<String> audiences) {
    options.put(
        "extra-audiences",
        String.join(",", audiences),
        to -> to.extraAudiences = new LinkedHashSet<>(IssuerDraft.some(audiences)));
    return this;
  }

  /**
   * The only clients whose tokens are accepted. No relaxation.
   *
   * @param clients client identifiers, exact
   * @return this builder
   */
  public BindingBuilder clientIds(Collection<String> clients) {
    options.put(
        "client-ids",
        String.join(",", clients),
        to -> to.clientIds = new LinkedHashSet<>(IssuerDraft.some(clients)));
    return this;
  }

  /**
   * Whether one of the clients in {@code aud} stands for the resource; needs scopes beside it.
   *
   * @param accept true to accept it
   * @return this builder
   */
  public BindingBuilder clientIdAsAudience(boolean accept) {
    options.put("client-id-as-audience", "" + accept, to -> to.clientIdAsAudience = accept);
    return this;
  }

  /**
   * Whether a token without {@code aud} is accepted; needs clients, and scopes or a claim.
   *
   * @param accept true to accept it
   * @return this builder
   */
  public BindingBuilder absentAudience(boolean accept) {
    options.put("absent-audience", "" + accept, to -> to.absentAudience = accept);
    return this;
  }

  /**
   * The scopes that every token must have. No relaxation.
   *
   * @param scopes scope-tokens of this resource alone
   * @return this builder
   */
  public BindingBuilder bindingScopes(Collection<String> scopes) {
    options.put(
        "binding-scopes",
        String.join(" ", scopes),
        to -> to.bindingScopes = new LinkedHashSet<>(IssuerDraft.some(scopes)));
    return this;
  }

  /**
   * The scopes any of which stands for the audience.
   *
   * @param scopes scope-tokens of this resource alone
   * @return this builder
   */
  public BindingBuilder scopeAsAudience(Collection<String> scopes) {
    options.put(
        "scope-as-audience",
        String.join(" ", scopes),
        to -> to.scopeAsAudience = new LinkedHashSet<>(IssuerDraft.some(scopes)));
    return this;
  }
}
