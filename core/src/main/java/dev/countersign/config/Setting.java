package dev.countersign.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Every setting, once. Readers, messages and the reference page are made from this table.
 *
 * <p>A setting of a resource may also stand as {@code resources.NAME.KEY}, one of an authorization
 * server as {@code issuers.NAME.KEY}; a key with {@code *} has a name in its place.
 */
public enum Setting {
  /** The file with further settings. */
  CONFIG(
      Level.SERVER,
      "config",
      "",
      "A properties file in UTF-8 with settings; every other source is stronger than it.",
      (to, value) -> {}),
  /** The resource identifier. */
  RESOURCE(
      Level.RESOURCE,
      "resource",
      "",
      "The URL that users give to their MCP client, absolute https without fragment (RFC 9728 section 1.2)."
          + " It is also the audience of every token.",
      (to, value) -> to.resource().resource(value)),
  /** The issuers. */
  AUTHORIZATION_SERVERS(
      Level.SERVER,
      "authorization-servers",
      "",
      "The issuers whose tokens are accepted, with commas between them, the preferred one first, each spelt as"
          + " in its own metadata (RFC 8414 section 3.3).",
      (to, value) -> commaList(value).forEach(to.server()::authorizationServer)),
  /** The mode. */
  MODE(
      Level.SERVER,
      "mode",
      "enforce",
      "`enforce`, or `report-only`: judge and record, but admit everything. Report-only protects nothing.",
      (to, value) -> to.server().mode(mode(value))),
  /** Scopes of every token. */
  REQUIRED_SCOPES(
      Level.RESOURCE,
      "required-scopes",
      "",
      "The scopes that every access token must have, with spaces between them.",
      (to, value) -> to.resource().requiredScopes(spaceList(value))),
  /** Scopes of the first challenge. */
  ANNOUNCED_SCOPES(
      Level.RESOURCE,
      "announced-scopes",
      "the required scopes",
      "The scopes that the challenge of a 401 names. Clients register and log in with exactly these.",
      (to, value) -> to.resource().announcedScopes(spaceList(value))),
  /** Scopes of the metadata document. */
  SCOPES_SUPPORTED(
      Level.RESOURCE,
      "scopes-supported",
      "all scopes of the other settings",
      "The `scopes_supported` of the metadata document (RFC 9728 section 2).",
      (to, value) -> to.resource().scopesSupported(spaceList(value))),
  /** Scopes of one tool. */
  TOOL_SCOPES(
      Level.RESOURCE,
      "scopes.tool.*",
      "",
      "The scopes that a call of the tool of that name needs beyond the required ones. With such a rule the body"
          + " of a POST is read, strictly, once its token was accepted.",
      (to, value) -> to.resource().toolScope(to.name(), spaceList(value))),
  /** A name for people. */
  RESOURCE_NAME(
      Level.RESOURCE,
      "resource-name",
      "",
      "The `resource_name` of the metadata document.",
      (to, value) -> to.resource().text("resource-name", "resource_name", "", value)),
  /** A name for people in a language. */
  RESOURCE_NAME_IN(
      Level.RESOURCE,
      "resource-name.*",
      "",
      "The same in the language of that BCP 47 tag: `resource-name.de`.",
      (to, value) ->
          to.resource().text("resource-name." + to.name(), "resource_name", to.name(), value)),
  /** A page for developers. */
  RESOURCE_DOCUMENTATION(
      Level.RESOURCE,
      "resource-documentation",
      "",
      "The `resource_documentation` of the metadata document, an absolute URL.",
      (to, value) ->
          to.resource().text("resource-documentation", "resource_documentation", "", value)),
  /** A page about the use of data. */
  RESOURCE_POLICY_URI(
      Level.RESOURCE,
      "resource-policy-uri",
      "",
      "The `resource_policy_uri` of the metadata document, an absolute URL.",
      (to, value) -> to.resource().text("resource-policy-uri", "resource_policy_uri", "", value)),
  /** Terms of service. */
  RESOURCE_TOS_URI(
      Level.RESOURCE,
      "resource-tos-uri",
      "",
      "The `resource_tos_uri` of the metadata document, an absolute URL.",
      (to, value) -> to.resource().text("resource-tos-uri", "resource_tos_uri", "", value)),
  /** The issuer of a named group. */
  ISSUER(
      Level.ISSUER,
      "issuer",
      "",
      "Only as `issuers.NAME.issuer`: one more authorization server, with settings of its own.",
      (to, value) -> to.issuer().issuer(value)),
  /** Where the keys are. */
  JWKS_URI(
      Level.ISSUER,
      "jwks-uri",
      "found by discovery",
      "The key set of the authorization server, absolute https. Only with one authorization server, or in its"
          + " group.",
      (to, value) -> to.issuer().jwksUri(value)),
  /** Signature algorithms. */
  ALGORITHMS(
      Level.ISSUER,
      "algorithms",
      "RS256, PS256, ES256, EdDSA, Ed25519",
      "The signature algorithms that are accepted (RFC 8725 section 3.1). Never `none` or an HMAC.",
      (to, value) -> to.issuer().algorithms(commaList(value))),
  /** Other spellings of the audience. */
  AUDIENCE_ALIASES(
      Level.ISSUER,
      "audience-aliases",
      "",
      "Relaxation: further exact audiences that count as this resource, with commas between them, for an"
          + " authorization server that cannot put the resource identifier into `aud`.",
      (to, value) -> to.issuer().audienceAliases(commaList(value))),
  /** One audience only. */
  EXCLUSIVE_AUDIENCE(
      Level.ISSUER,
      "exclusive-audience",
      "false",
      "Whether a token with a further audience is refused (RFC 8725 section 3.9).",
      (to, value) -> to.issuer().exclusiveAudience(bool(value))),
  /** Tokens that do not follow RFC 9068. */
  ACCEPT_PLAIN_JWT(
      Level.ISSUER,
      "accept-plain-jwt",
      "false",
      "Relaxation: whether a token with the `typ` `JWT` or without one is accepted, from an authorization server"
          + " that does not follow RFC 9068. ID tokens are still refused.",
      (to, value) -> to.issuer().acceptPlainJwt(bool(value))),
  /** Where the scope is. */
  SCOPE_CLAIMS(
      Level.ISSUER,
      "scope-claims",
      "scope; with accept-plain-jwt also scp",
      "The claims that may hold the scope, with commas between them: in `scope` a text, in any other a text or"
          + " an array of texts. Those that are in a token must agree.",
      (to, value) -> to.issuer().scopeClaims(commaList(value))),
  /** Where the client is. */
  CLIENT_ID_CLAIMS(
      Level.ISSUER,
      "client-id-claims",
      "client_id; with accept-plain-jwt also azp",
      "The claims that may hold the client, with commas between them; the first that is in the token counts.",
      (to, value) -> to.issuer().clientIdClaims(commaList(value))),
  /** How old a token may be. */
  MAXIMUM_AGE(
      Level.ISSUER,
      "maximum-age",
      "no limit",
      "How long ago a token may have been issued by its `iat`, an ISO-8601 duration; the clock skew is added.",
      (to, value) -> to.issuer().maximumAge(duration(value))),
  /** Tolerance for clocks. */
  CLOCK_SKEW(
      Level.SERVER,
      "clock-skew",
      "PT30S",
      "The tolerance on `exp`, `nbf` and `iat`, an ISO-8601 duration, at most PT5M.",
      (to, value) -> to.server().clockSkew(duration(value))),
  /** Size of a token. */
  MAX_TOKEN_LENGTH(
      Level.SERVER,
      "max-token-length",
      "16384",
      "The greatest length of an access token in characters, 256 to 65536; a longer one is refused unread.",
      (to, value) -> to.server().maxTokenLength(integer(value))),
  /** Size of a body. */
  MAX_BODY_SIZE(
      Level.SERVER,
      "max-body-size",
      "1048576",
      "The greatest body in bytes, 1024 to 67108864, where a scope of a tool makes the kit read it.",
      (to, value) -> to.server().maxBodySize(integer(value))),
  /** Paths without a token. */
  PUBLIC_PATHS(
      Level.SERVER,
      "public-paths",
      "",
      "Relaxation: paths that need no token, with commas between them: exact, or a prefix that ends in a slash."
          + " Compared with the raw path; a path with `%`, `;`, `\\`, `//` or a dot segment is never public.",
      (to, value) -> commaList(value).forEach(to.server()::publicPath)),
  /** Origins of browsers. */
  ALLOWED_ORIGINS(
      Level.SERVER,
      "allowed-origins",
      "the origin of the resource",
      "Further origins whose pages may call the server, with commas between them, each exact:"
          + " `https://app.example.com`.",
      (to, value) -> commaList(value).forEach(to.server()::allowedOrigin)),
  /** The realm. */
  REALM(
      Level.SERVER,
      "realm",
      "",
      "The `realm` of the challenge, one plain word. Some clients take a URL in it for an issuer.",
      (to, value) -> to.server().realm(value)),
  /** The page about errors. */
  ERROR_URI(
      Level.SERVER,
      "error-uri",
      "",
      "The `error_uri` of challenges with an error, an absolute https URL of a page for people.",
      (to, value) -> to.server().errorUri(value)),
  /** Which document the root serves. */
  ROOT_DOCUMENT(
      Level.SERVER,
      "root-document",
      "on with one resource",
      "Which resource the document without a path is about: `off`, `first`, or the NAME of a resource. With one"
          + " resource the default is that one, with several none.",
      (to, value) -> to.server().rootDocument(value)),
  /** The document for clients of 2025-03-26. */
  LEGACY_AS_MIRROR(
      Level.SERVER,
      "legacy-as-mirror",
      "false",
      "Whether a copy of the first authorization server's metadata is served where clients of protocol revision"
          + " 2025-03-26 look for it.",
      (to, value) -> to.server().legacyAsMirror(bool(value))),
  /** Strict reading of credentials. */
  STRICT_CREDENTIALS(
      Level.SERVER,
      "strict-credentials",
      "false",
      "Whether `Authorization: Bearer` alone, and a token in the query beside one in the field, are answered 400"
          + " instead of being ignored.",
      (to, value) -> to.server().strictCredentials(bool(value))),

  /** Authorization servers inside. */
  ALLOW_PRIVATE_ADDRESSES(
      Level.SERVER,
      "allow-private-addresses",
      "false",
      "Relaxation: whether an authorization server may have a private, link-local or loopback address.",
      (to, value) -> to.server().allowPrivateAddresses(bool(value))),
  /** Development on one machine. */
  ALLOW_HTTP_ON_LOOPBACK(
      Level.SERVER,
      "allow-http-on-loopback",
      "false",
      "Relaxation, for development: whether the resource and the authorization servers may be plain http on the"
          + " loopback.",
      (to, value) -> to.server().allowHttpOnLoopback(bool(value)));

  /** What a setting belongs to. */
  enum Level {
    SERVER,
    RESOURCE,
    ISSUER
  }

  /** What a value is given to, and the name in the place of the star. */
  record Target(
      ConfigBuilder server, ResourceBuilder resource, IssuerBuilder issuer, String name) {}

  /** Translates a value into a builder call. */
  @FunctionalInterface
  interface Translation {
    void apply(Target to, String value);
  }

  private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,9}");

  private final Level level;
  private final String key;
  private final String defaultValue;
  private final String meaning;
  private final Translation translation;

  Setting(Level level, String key, String defaultValue, String meaning, Translation translation) {
    this.level = level;
    this.key = key;
    this.defaultValue = defaultValue;
    this.meaning = meaning;
    this.translation = translation;
  }

  Level level() {
    return level;
  }

  /**
   * The key in a properties file.
   *
   * @return lower case with hyphens; a star stands for a name
   */
  public String key() {
    return key;
  }

  /**
   * What holds when the setting is absent.
   *
   * @return a value or a description; empty for nothing
   */
  public String defaultValue() {
    return defaultValue;
  }

  /**
   * What the setting means.
   *
   * @return sentences in Markdown
   */
  public String meaning() {
    return meaning;
  }

  void apply(Target to, String value) {
    translation.apply(to, value);
  }

  /** The name in the place of the star; empty if the text is not a spelling of this key. */
  Optional<String> match(String text) {
    if (!key.endsWith("*")) {
      return text.equals(key) ? Optional.of("") : Optional.empty();
    }
    String front = key.substring(0, key.length() - 1);
    return text.startsWith(front) && text.length() > front.length()
        ? Optional.of(text.substring(front.length()))
        : Optional.empty();
  }

  private static List<String> commaList(String value) {
    return List.of(value.split(",", -1)).stream().map(String::strip).toList();
  }

  private static String[] spaceList(String value) {
    return value.strip().split(" +");
  }

  private static boolean bool(String value) {
    if (!value.equals("true") && !value.equals("false")) {
      throw new IllegalArgumentException("expected true or false");
    }
    return value.equals("true");
  }

  private static int integer(String value) {
    if (!WHOLE_NUMBER.matcher(value).matches()) {
      throw new IllegalArgumentException("expected a whole number");
    }
    return Integer.parseInt(value);
  }

  private static Duration duration(String value) {
    try {
      return Duration.parse(value);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("expected an ISO-8601 duration such as PT30S");
    }
  }

  private static Mode mode(String value) {
    return switch (value) {
      case "enforce" -> Mode.ENFORCE;
      case "report-only" -> Mode.REPORT_ONLY;
      default -> throw new IllegalArgumentException("expected enforce or report-only");
    };
  }
}
