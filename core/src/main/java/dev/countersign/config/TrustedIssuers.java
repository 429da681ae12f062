package dev.countersign.config;

import dev.countersign.token.OpaqueTokens;
import dev.countersign.token.TrustedIssuer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The authorization servers of a configuration when it is ended: whom it trusts, what clients are
 * told of them, and which kinds of tokens each makes. Not thread-safe.
 */
final class TrustedIssuers {

  private final ConfigBuilder config;
  private final Problems problems;
  private final List<TrustedIssuer> all = new ArrayList<>();
  private final List<String> advertised = new ArrayList<>();
  private final Map<String, List<String>> notes = new LinkedHashMap<>();
  private final List<OpaqueTokens> opaqueTokens = new ArrayList<>();
  private final List<IntrospectedTools> introspectedTools = new ArrayList<>();
  private final Set<String> withoutJwt = new LinkedHashSet<>();

  TrustedIssuers(ConfigBuilder config) {
    this.config = config;
    this.problems = config.problems();
  }

  /**
   * Adds those that have all settings in common.
   *
   * @param identifiers their issuers
   * @param place where these were set
   * @param settings what they have in common
   */
  void add(Set<String> identifiers, String place, IssuerBuilder settings) {
    for (String identifier : identifiers) {
      problems.in(place);
      add(settings, settings.build("authorization-servers", identifier, this));
    }
    if (identifiers.size() > 1) {
      settings.requireSingle();
    }
  }

  /** Adds those with settings of their own. */
  void add(Collection<IssuerBuilder> named) {
    for (IssuerBuilder one : named) {
      add(one, one.build(this));
    }
    problems.in("");
  }

  private void add(IssuerBuilder group, List<TrustedIssuer> built) {
    all.addAll(built);
    advertised.addAll(group.advertised(built));
    for (TrustedIssuer issuer : built) {
      notes.put(issuer.issuer(), group.notes());
    }
  }

  /** Takes note of the kinds of tokens that an issuer makes. */
  void add(OpaqueDraft opaque, TrustedIssuer issuer) {
    Optional<OpaqueTokens> tokens = opaque.build(issuer);
    if (tokens.isPresent()) {
      opaqueTokens.add(tokens.get());
    }
    Optional<IntrospectedTools> tools = opaque.introspected(issuer);
    if (tools.isPresent()) {
      introspectedTools.add(tools.get());
    }
    if (!opaque.format.hasJwt()) {
      withoutJwt.add(issuer.issuer());
    }
  }

  /** What else is configured. */
  ConfigBuilder config() {
    return config;
  }

  List<TrustedIssuer> all() {
    return all;
  }

  /** Those whose tokens can be JWTs. */
  List<TrustedIssuer> ofJwts() {
    List<TrustedIssuer> some = new ArrayList<>();
    for (TrustedIssuer issuer : all) {
      if (!withoutJwt.contains(issuer.issuer())) {
        some.add(issuer);
      }
    }
    return some;
  }

  /** The identifiers in metadata. */
  List<String> advertised() {
    return advertised;
  }

  /** What an operator should know of an issuer's settings. */
  List<String> notes(TrustedIssuer issuer) {
    return notes.getOrDefault(issuer.issuer(), List.of());
  }

  List<OpaqueTokens> opaqueTokens() {
    return opaqueTokens;
  }

  List<IntrospectedTools> introspectedTools() {
    return introspectedTools;
  }
}
