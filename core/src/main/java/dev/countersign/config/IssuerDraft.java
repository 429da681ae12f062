package dev.countersign.config;

import dev.countersign.token.AudienceBinding;
import dev.countersign.token.IssuerTemplate;
import dev.countersign.token.TokenShape;
import dev.countersign.token.TrustedIssuer;
import dev.countersign.token.TrustedIssuerBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One authorization server while its options are applied, for one tenant if it has tenants. */
final class IssuerDraft {

  final TrustedIssuerBuilder trusted;
  final OpaqueDraft opaque;
  private final String tenant;

  boolean originAudience;
  Set<String> audienceClaims = Set.of("aud");
  Set<String> extraAudiences = Set.of();
  Set<String> clientIds = Set.of();
  boolean clientIdAsAudience;
  boolean absentAudience;
  Set<String> bindingScopes = Set.of();
  Set<String> scopeAsAudience = Set.of();
  Set<String> tokenTypes = TokenShape.RFC9068.tokenTypes();
  boolean scopeArray;
  String scopePrefix = "";
  Map<String, Set<String>> requiredClaims = Map.of();

  IssuerDraft(String identifier, String tenant, ConfigBuilder config) {
    this.tenant = tenant;
    this.trusted = TrustedIssuer.builder(filled(identifier));
    this.opaque = new OpaqueDraft(config.allowHttpOnLoopback);
    if (config.allowHttpOnLoopback) {
      trusted.allowHttpOnLoopback();
    }
    if (config.allowPrivateAddresses) {
      trusted.allowPrivateAddresses();
    }
  }

  private String filled(String text) {
    return tenant.isEmpty() ? text : IssuerTemplate.fill(text, tenant);
  }

  Set<String> filled(Collection<String> texts) {
    Set<String> filled = new LinkedHashSet<>();
    texts.forEach(text -> filled.add(filled(text)));
    return filled;
  }

  /** The claims of entries {@code name=value}; a repeated name has several values. */
  static Map<String, Set<String>> literals(Collection<String> entries) {
    Map<String, Set<String>> literals = new LinkedHashMap<>();
    for (String entry : entries) {
      int equals = entry.indexOf('=');
      if (equals < 1 || equals == entry.length() - 1) {
        throw new IllegalArgumentException(
            "expected name=value with commas between them, each value literal");
      }
      literals
          .computeIfAbsent(entry.substring(0, equals), name -> new LinkedHashSet<>())
          .add(entry.substring(equals + 1));
    }
    return literals;
  }

  /** Values of which there must be one, none of them blank. */
  static List<String> some(Collection<String> values) {
    if (values.isEmpty() || values.contains("")) {
      throw new IllegalArgumentException("expected values with commas between them");
    }
    return new ArrayList<>(values);
  }

  TrustedIssuer build() {
    return trusted
        .binding(
            new AudienceBinding(
                originAudience,
                audienceClaims,
                extraAudiences,
                clientIds,
                clientIdAsAudience,
                absentAudience,
                bindingScopes,
                scopeAsAudience))
        .shape(new TokenShape(tokenTypes, scopeArray, scopePrefix, requiredClaims))
        .build();
  }
}
