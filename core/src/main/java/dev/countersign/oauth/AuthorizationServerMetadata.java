package dev.countersign.oauth;

import dev.countersign.internal.Json;
import dev.countersign.internal.JsonException;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The metadata of an authorization server (RFC 8414 section 2), also in the form of OpenID Connect
 * Discovery 1.0. Members that are not named here are kept. Immutable.
 *
 * @param members every member of the document by its name, unmodifiable at any depth
 */
public record AuthorizationServerMetadata(Map<String, Object> members) {

  private static final String OAUTH = "/.well-known/oauth-authorization-server";
  private static final String OPENID = "/.well-known/openid-configuration";

  private static final String ALIASES = "mtls_endpoint_aliases";

  // The members that somebody acts upon. A wrong type among them is an error and never an absence.
  private static final List<String> TEXTS =
      List.of(
          "issuer",
          "authorization_endpoint",
          "token_endpoint",
          "jwks_uri",
          "registration_endpoint",
          "introspection_endpoint");
  private static final List<String> LISTS =
      List.of(
          "scopes_supported",
          "response_types_supported",
          "grant_types_supported",
          "code_challenge_methods_supported",
          "token_endpoint_auth_methods_supported",
          "introspection_endpoint_auth_methods_supported",
          "dpop_signing_alg_values_supported",
          "protected_resources");
  private static final List<String> SWITCHES =
      List.of(
          "client_id_metadata_document_supported",
          "authorization_response_iss_parameter_supported",
          "tls_client_certificate_bound_access_tokens");

  /**
   * Checks the types of the members that are named here.
   *
   * @throws IllegalArgumentException if there is no issuer, or a member has another type than its
   *     specification says
   */
  public AuthorizationServerMetadata {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    if (!members.containsKey("issuer")) {
      throw new IllegalArgumentException("issuer is missing (RFC 8414 section 2)");
    }
    require(members, TEXTS, "a string", value -> value instanceof String);
    require(members, LISTS, "an array of strings", AuthorizationServerMetadata::isStrings);
    require(members, SWITCHES, "a boolean", value -> value instanceof Boolean);
    require(members, List.of(ALIASES), "an object", value -> value instanceof Map);
  }

  private static void require(
      Map<String, Object> members, List<String> names, String expected, Predicate<Object> type) {
    for (String name : names) {
      Object value = members.get(name);
      if (value != null && !type.test(value)) {
        throw new IllegalArgumentException(name + " must be " + expected + " (RFC 8414 section 2)");
      }
    }
  }

  private static boolean isStrings(Object value) {
    return value instanceof List<?> list && list.stream().allMatch(String.class::isInstance);
  }

  /**
   * Reads a document.
   *
   * @param utf8 the document as it was served
   * @return the metadata; whether it is that of the expected issuer is asked with {@link #isOf}
   * @throws IllegalArgumentException if it is no strict JSON object, larger than 128 KiB, or a
   *     member has the wrong type; the message holds nothing of the document
   */
  public static AuthorizationServerMetadata parse(byte[] utf8) {
    try {
      return new AuthorizationServerMetadata(Json.readObject(utf8, Json.Limits.DOCUMENT));
    } catch (JsonException e) {
      throw new IllegalArgumentException(e.getMessage());
    }
  }

  /**
   * Where the metadata of an issuer may be, in the order in which MCP clients look: RFC 8414
   * section 3.1, then OpenID Connect Discovery with the well-known string put between host and
   * path, then behind the path.
   *
   * <pre>
   * https://id.example/tenant → https://id.example/.well-known/oauth-authorization-server/tenant
   *                             https://id.example/.well-known/openid-configuration/tenant
   *                             https://id.example/tenant/.well-known/openid-configuration
   * </pre>
   *
   * @param issuer the issuer identifier; one slash at its end is removed first, as both
   *     specifications demand
   * @return two URLs for an issuer without path, otherwise three
   * @throws IllegalArgumentException if the issuer is no absolute URI, or has a query or fragment
   */
  public static List<URI> locations(String issuer) {
    URI uri = URI.create(issuer);
    if (uri.getHost() == null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "an issuer is a URI with a host, without query or fragment (RFC 8414 section 2)");
    }
    String path = withoutSlash(uri.getRawPath());
    String origin = uri.getScheme() + "://" + uri.getRawAuthority();
    Stream<String> inserted = Stream.of(origin + OAUTH + path, origin + OPENID + path);
    Stream<String> appended = path.isEmpty() ? Stream.of() : Stream.of(origin + path + OPENID);
    return Stream.concat(inserted, appended).map(URI::create).toList();
  }

  private static String withoutSlash(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /**
   * The issuer identifier, exactly as the document says it.
   *
   * @return {@code issuer}
   */
  public String issuer() {
    return text("issuer").orElseThrow();
  }

  /**
   * Whether this is the metadata of an issuer (RFC 8414 section 3.3). Compared code point by code
   * point: a slash more or less is another issuer.
   *
   * @param issuer the expected issuer
   * @return true if it is identical
   */
  public boolean isOf(String issuer) {
    return issuer().equals(issuer);
  }

  /**
   * Where the authorization begins.
   *
   * @return {@code authorization_endpoint}, if there is one
   */
  public Optional<String> authorizationEndpoint() {
    return text("authorization_endpoint");
  }

  /**
   * Where clients get tokens.
   *
   * @return {@code token_endpoint}, if there is one
   */
  public Optional<String> tokenEndpoint() {
    return text("token_endpoint");
  }

  /**
   * Where the keys are.
   *
   * @return {@code jwks_uri}, if there is one
   */
  public Optional<String> jwksUri() {
    return text("jwks_uri");
  }

  /**
   * Where clients register themselves (RFC 7591).
   *
   * @return {@code registration_endpoint}, if there is one
   */
  public Optional<String> registrationEndpoint() {
    return text("registration_endpoint");
  }

  /**
   * Where tokens can be asked about (RFC 7662).
   *
   * @return {@code introspection_endpoint}, if there is one
   */
  public Optional<String> introspectionEndpoint() {
    return text("introspection_endpoint");
  }

  /**
   * Where tokens can be asked about by a client that shows a certificate (RFC 8705 section 5).
   *
   * @return {@code introspection_endpoint} of {@code mtls_endpoint_aliases}, if there is one
   */
  public Optional<String> mutualTlsIntrospectionEndpoint() {
    return members.get(ALIASES) instanceof Map<?, ?> aliases
            && aliases.get("introspection_endpoint") instanceof String text
        ? Optional.of(text)
        : Optional.empty();
  }

  /**
   * The scopes that clients may ask for.
   *
   * @return {@code scopes_supported}; empty if the document does not say
   */
  public List<String> scopesSupported() {
    return list("scopes_supported");
  }

  /**
   * The methods of PKCE (RFC 7636). MCP clients refuse an authorization server that does not list
   * S256.
   *
   * @return {@code code_challenge_methods_supported}; empty if the document does not say
   */
  public List<String> codeChallengeMethodsSupported() {
    return list("code_challenge_methods_supported");
  }

  /**
   * The resources for which the server issues tokens (RFC 9728 section 4).
   *
   * @return {@code protected_resources}; empty if the document does not say
   */
  public List<String> protectedResources() {
    return list("protected_resources");
  }

  /**
   * Whether a client may be identified by the URL of its metadata document.
   *
   * @return {@code client_id_metadata_document_supported}; false if the document does not say
   */
  public boolean clientIdMetadataDocumentSupported() {
    return Boolean.TRUE.equals(members.get("client_id_metadata_document_supported"));
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable((String) members.get(name));
  }

  private List<String> list(String name) {
    return members.get(name) instanceof List<?> list
        ? list.stream().map(String.class::cast).toList()
        : List.of();
  }

  /**
   * The document as JSON, every member included.
   *
   * @return one JSON object
   */
  public String toJson() {
    return Json.write(members);
  }
}
