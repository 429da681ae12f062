package dev.countersign.oauth;

import dev.countersign.internal.Json;
import dev.countersign.internal.JsonException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Builds a {@link ProtectedResourceMetadata}, which can then hold nothing that RFC 9728 forbids.
 * Every method refuses a bad value at once with an {@link IllegalArgumentException} that says what
 * was expected; an empty list or text leaves the member out (section 3.2). Not thread-safe.
 */
public final class MetadataBuilder {

  private static final Set<String> BEARER_METHODS = Set.of("header");

  private final Map<String, Object> members = new LinkedHashMap<>();

  MetadataBuilder(ResourceIdentifier resource, List<String> authorizationServers) {
    if (authorizationServers.isEmpty()) {
      throw new IllegalArgumentException(
          "expected at least one authorization server (MCP authorization, server location)");
    }
    members.put("resource", resource.toString());
    members.put("authorization_servers", List.copyOf(authorizationServers));
    scopesSupported(Scope.NONE);
    bearerMethodsSupported(List.of("header"));
  }

  /**
   * The scopes that a client may ask for. Not {@code offline_access}: a resource must not ask for
   * it.
   *
   * @param scope the scopes
   * @return this builder
   */
  public MetadataBuilder scopesSupported(Scope scope) {
    if (scope.tokens().contains("offline_access")) {
      throw new IllegalArgumentException("offline_access is not a scope of a resource");
    }
    return list("scopes_supported", scope.tokens());
  }

  /**
   * The ways to send a token: {@code header}, the default, or nothing. MCP forbids {@code query},
   * and a token in a body is never read.
   *
   * @param methods the methods
   * @return this builder
   */
  public MetadataBuilder bearerMethodsSupported(Collection<String> methods) {
    if (!BEARER_METHODS.containsAll(methods)) {
      throw new IllegalArgumentException("expected header; a token is accepted nowhere else");
    }
    return list("bearer_methods_supported", methods);
  }

  /**
   * The name of the resource for people.
   *
   * @param name the name
   * @return this builder
   */
  public MetadataBuilder resourceName(String name) {
    return text("resource_name", "", name);
  }

  /**
   * A member for people, in one language or without a tag (section 2.1).
   *
   * @param name {@code resource_name}, {@code resource_documentation}, {@code resource_policy_uri}
   *     or {@code resource_tos_uri}; the latter three hold absolute URLs
   * @param languageTag a BCP 47 tag; empty for none
   * @param value the text
   * @return this builder
   */
  public MetadataBuilder text(String name, String languageTag, String value) {
    if (!MetadataMembers.TEXTS.contains(name)) {
      throw new IllegalArgumentException(
          "expected one of " + MetadataMembers.TEXTS.stream().sorted().toList());
    }
    if (!languageTag.isEmpty() && !MetadataMembers.isLanguageTag(languageTag)) {
      throw new IllegalArgumentException("expected a BCP 47 language tag behind " + name + "#");
    }
    String member = languageTag.isEmpty() ? name : name + "#" + languageTag;
    if (members.keySet().stream().anyMatch(n -> !n.equals(member) && n.equalsIgnoreCase(member))) {
      throw new IllegalArgumentException(name + " has this language already, in another spelling");
    }
    return value.isEmpty() ? without(member) : put(member, isUrl(name) ? absolute(value) : value);
  }

  /**
   * The keys of the resource itself, for signed answers, not those of an authorization server.
   *
   * @param url an absolute https URL
   * @return this builder
   */
  public MetadataBuilder jwksUri(String url) {
    if (url.isEmpty()) {
      return without("jwks_uri");
    }
    if (!url.toLowerCase(Locale.ROOT).startsWith("https://")) {
      throw new IllegalArgumentException("expected an https URL (RFC 9728 section 2)");
    }
    return put("jwks_uri", absolute(url));
  }

  /**
   * The algorithms with which the resource signs its answers.
   *
   * @param algorithms JWS algorithms, without {@code none}
   * @return this builder
   */
  public MetadataBuilder resourceSigningAlgValuesSupported(Collection<String> algorithms) {
    if (algorithms.stream().anyMatch("none"::equalsIgnoreCase)) {
      throw new IllegalArgumentException("none is not allowed (RFC 9728 section 2)");
    }
    return list("resource_signing_alg_values_supported", algorithms);
  }

  /**
   * The types of {@code authorization_details} (RFC 9396) that the resource understands.
   *
   * @param types the types
   * @return this builder
   */
  public MetadataBuilder authorizationDetailsTypesSupported(Collection<String> types) {
    return list("authorization_details_types_supported", types);
  }

  /**
   * Says that access tokens are bound to a client certificate (RFC 8705 section 3). Only for a
   * resource that checks the binding.
   *
   * @return this builder
   */
  public MetadataBuilder tlsClientCertificateBoundAccessTokens() {
    return put("tls_client_certificate_bound_access_tokens", true);
  }

  /**
   * The algorithms of the DPoP proofs that the resource checks (RFC 9449 section 4.3).
   *
   * @param algorithms asymmetric JWS algorithms
   * @return this builder
   */
  public MetadataBuilder dpopSigningAlgValuesSupported(Collection<String> algorithms) {
    if (algorithms.stream().anyMatch(a -> a.equalsIgnoreCase("none") || a.startsWith("HS"))) {
      throw new IllegalArgumentException("expected asymmetric algorithms (RFC 9449 section 11.6)");
    }
    return list("dpop_signing_alg_values_supported", algorithms);
  }

  /**
   * Says that every access token must be bound by DPoP. Only for a resource that refuses others.
   *
   * @return this builder
   */
  public MetadataBuilder dpopBoundAccessTokensRequired() {
    return put("dpop_bound_access_tokens_required", true);
  }

  /**
   * A ready {@code signed_metadata} JWS (section 2.2). It must repeat this document: add it last.
   *
   * @param jws a compact JWS whose payload has {@code iss} and the same values as this document
   * @return this builder
   */
  public MetadataBuilder signedMetadata(String jws) {
    SignedMetadata.check(jws, unsigned());
    return put("signed_metadata", jws);
  }

  private Map<String, Object> unsigned() {
    Map<String, Object> unsigned = new LinkedHashMap<>(members);
    unsigned.remove("signed_metadata");
    return unsigned;
  }

  /**
   * A member that RFC 9728 does not register (section 2, "additional parameters").
   *
   * @param name the name of the member
   * @param value a string, boolean, integer, list or map
   * @return this builder
   */
  public MetadataBuilder extension(String name, Object value) {
    if (MetadataMembers.isRegistered(name) || name.isEmpty()) {
      throw new IllegalArgumentException("expected a name that RFC 9728 does not register");
    }
    return put(name, copy(name, value));
  }

  // What comes back from the text is what a reader of the document gets, and nobody else can change
  // it.
  private static Object copy(String name, Object value) {
    try {
      byte[] text = Json.write(Map.of(name, value)).getBytes(StandardCharsets.UTF_8);
      return Json.readObject(text, Json.Limits.DOCUMENT).getOrDefault(name, value);
    } catch (JsonException e) {
      throw new IllegalArgumentException("expected a value of JSON: " + e.getMessage());
    }
  }

  /**
   * Ends the document.
   *
   * @return the metadata
   * @throws IllegalArgumentException if a member was changed after {@link #signedMetadata}
   */
  public ProtectedResourceMetadata build() {
    if (members.get("signed_metadata") instanceof String jws) {
      SignedMetadata.check(jws, unsigned());
    }
    return new ProtectedResourceMetadata(members);
  }

  private static boolean isUrl(String name) {
    return !name.equals("resource_name");
  }

  private static String absolute(String url) {
    URI uri = URI.create(url);
    if (!uri.isAbsolute() || uri.getHost() == null) {
      throw new IllegalArgumentException("expected an absolute URL with a host");
    }
    return url;
  }

  private MetadataBuilder list(String name, Collection<String> values) {
    return values.isEmpty() ? without(name) : put(name, List.copyOf(values));
  }

  private MetadataBuilder put(String name, Object value) {
    members.put(name, value);
    return this;
  }

  private MetadataBuilder without(String name) {
    members.remove(name);
    return this;
  }
}
