package dev.countersign.config;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Sets of options for the authorization servers that are around. A profile sets nothing that single
 * settings could not, and every one of them that is given beside it is stronger.
 */
public enum Profile {
  /** JWT access tokens as in RFC 9068. */
  RFC9068("rfc9068", "any server that follows RFC 9068 and RFC 8707", Shape.ANY),
  /** One tenant of Microsoft Entra ID, version 2 tokens. */
  ENTRA_V2(
      "entra-v2",
      "Microsoft Entra ID, one tenant, version 2 tokens",
      Shape.ENTRA,
      List.of("audience-aliases"),
      "accept-plain-jwt=true",
      "scope-claims=scp",
      "client-id-claims=azp",
      "required-claims=ver=2.0"),
  /** Version 1 tokens, whose issuer is another than that of the metadata. */
  ENTRA_V1(
      "entra-v1",
      "Microsoft Entra ID, version 1 tokens",
      Shape.ENTRA_TEMPLATE,
      List.of("tenants", "audience-aliases"),
      "accept-plain-jwt=true",
      "issuer-aliases=https://sts.windows.net/{tenantid}/",
      "scope-claims=scp",
      "client-id-claims=appid",
      "required-claims=ver=1.0,tid={tenantid}"),
  /** Several tenants, each on a list. */
  ENTRA_MULTI_TENANT(
      "entra-multi-tenant",
      "Microsoft Entra ID, several tenants, version 2 tokens",
      Shape.ENTRA_TEMPLATE,
      List.of("tenants", "audience-aliases"),
      "accept-plain-jwt=true",
      "scope-claims=scp",
      "client-id-claims=azp",
      "required-claims=ver=2.0,tid={tenantid}"),
  /** Auth0. */
  AUTH0(
      "auth0",
      "Auth0",
      Shape.AUTH0,
      List.of(),
      "accept-plain-jwt=true",
      "client-id-claims=azp,client_id"),
  /** A custom authorization server of Okta. */
  OKTA(
      "okta",
      "Okta, a custom authorization server",
      Shape.OKTA,
      List.of(),
      "accept-plain-jwt=true",
      "scope-claims=scp",
      "client-id-claims=cid"),
  /** Keycloak with an audience mapper. */
  KEYCLOAK(
      "keycloak",
      "Keycloak with an audience mapper",
      Shape.ANY,
      List.of(),
      "accept-plain-jwt=true",
      "scope-claims=scope",
      "client-id-claims=azp",
      "required-claims=typ=Bearer,typ=DPoP"),
  /** Keycloak that heeds the resource parameter. */
  KEYCLOAK_RESOURCE_INDICATORS(
      "keycloak-resource-indicators",
      "Keycloak 26.6 or newer with the feature resource-indicators",
      Shape.ANY,
      List.of(),
      "accept-plain-jwt=true",
      "exclusive-audience=true",
      "scope-claims=scope",
      "client-id-claims=azp",
      "required-claims=typ=Bearer,typ=DPoP"),
  /** Amazon Cognito, whose access tokens have no audience. */
  COGNITO(
      "cognito",
      "Amazon Cognito",
      Shape.COGNITO,
      List.of("client-ids", "binding-scopes"),
      "accept-plain-jwt=true",
      "absent-audience=true",
      "scope-claims=scope",
      "client-id-claims=client_id",
      "required-claims=token_use=access"),
  /** WorkOS AuthKit. */
  WORKOS(
      "workos",
      "WorkOS AuthKit",
      Shape.ANY,
      List.of(),
      "accept-plain-jwt=true",
      "scope-claims=scope",
      "client-id-claims=client_id,azp"),
  /** Google, whose access tokens are opaque. */
  GOOGLE(
      "google",
      "Google, opaque access tokens",
      Shape.GOOGLE,
      List.of("audience-aliases"),
      "tokens=opaque",
      "tokeninfo-endpoint=https://oauth2.googleapis.com/tokeninfo"),
  /** Supabase, with one audience for everything. */
  SUPABASE(
      "supabase",
      "Supabase Auth",
      Shape.ANY,
      List.of("client-ids"),
      "accept-plain-jwt=true",
      "audience-aliases=authenticated",
      "scope-claims=scope",
      "client-id-claims=client_id",
      "required-claims=role=authenticated"),
  /** JWT access tokens of Clerk, which may have no audience. */
  CLERK(
      "clerk",
      "Clerk, JWT access tokens",
      Shape.ANY,
      List.of("client-ids", "binding-scopes"),
      "absent-audience=true"),
  /** Authentik, which puts the client into the audience. */
  AUTHENTIK(
      "authentik",
      "authentik",
      Shape.ANY,
      List.of("client-ids", "binding-scopes"),
      "accept-plain-jwt=true",
      "client-id-as-audience=true",
      "scope-claims=scope",
      "client-id-claims=azp"),
  /** Ory Hydra with JWT access tokens. */
  HYDRA(
      "hydra",
      "Ory Hydra, JWT access tokens",
      Shape.ANY,
      List.of(),
      "accept-plain-jwt=true",
      "scope-claims=scp",
      "client-id-claims=client_id"),
  /** PingFederate with JWT access tokens. */
  PING_FEDERATE(
      "ping-federate",
      "PingFederate, JWT access tokens",
      Shape.ANY,
      List.of(),
      "accept-plain-jwt=true",
      "scope-claims=scope",
      "client-id-claims=client_id"),
  /** ForgeRock AM, which puts the client into the audience. */
  FORGEROCK(
      "forgerock",
      "ForgeRock AM (PingAM), JWT access tokens",
      Shape.ANY,
      List.of("client-ids", "binding-scopes"),
      "accept-plain-jwt=true",
      "accept-scope-array=true",
      "client-id-as-audience=true",
      "scope-claims=scope",
      "client-id-claims=client_id",
      "required-claims=tokenName=access_token"),
  /** Spring Authorization Server with an audience of ours. */
  SPRING_AUTHORIZATION_SERVER(
      "spring-authorization-server",
      "Spring Authorization Server with a token customizer for aud",
      Shape.ANY,
      List.of(),
      "accept-plain-jwt=true",
      "accept-scope-array=true",
      "scope-claims=scope");

  /** How the issuer of such a server looks. */
  private record Shape(String pattern, String expectation) {

    static final Shape ANY = new Shape(".*", "");
    static final Shape ENTRA =
        new Shape(
            "https://[^/]+/[^/]+/v2\\.0", "expected https://login.microsoftonline.com/TENANT/v2.0");
    static final Shape ENTRA_TEMPLATE =
        new Shape(
            "https://[^/]+/\\{tenantid\\}/v2\\.0",
            "expected https://login.microsoftonline.com/{tenantid}/v2.0, and tenants");
    static final Shape AUTH0 =
        new Shape("https://[^/]+/", "expected https://TENANT.auth0.com/ with the slash");
    static final Shape OKTA =
        new Shape(
            "https://[^/]+/oauth2/[^/]+",
            "expected https://ORG.okta.com/oauth2/ID: only Okta itself can judge tokens of the org"
                + " authorization server");
    static final Shape GOOGLE =
        new Shape(
            "https://accounts\\.google\\.com",
            "expected https://accounts.google.com without a slash");
    static final Shape COGNITO =
        new Shape(
            "https://[^/]+/[a-z0-9-]+_[A-Za-z0-9]+",
            "expected https://cognito-idp.REGION.amazonaws.com/POOL");
  }

  private final String id;
  private final String title;
  private final Shape shape;
  private final List<String> needs;
  private final Map<String, String> presets = new LinkedHashMap<>();

  Profile(String id, String title, Shape shape, List<String> needs, String... presets) {
    this.id = id;
    this.title = title;
    this.shape = shape;
    this.needs = needs;
    for (String preset : presets) {
      int equals = preset.indexOf('=');
      this.presets.put(preset.substring(0, equals), preset.substring(equals + 1));
    }
  }

  Profile(String id, String title, Shape shape) {
    this(id, title, shape, List.of());
  }

  /**
   * The value of the setting {@code profile}.
   *
   * @return lower case with hyphens
   */
  public String id() {
    return id;
  }

  /**
   * What it is for.
   *
   * @return the server in words
   */
  public String title() {
    return title;
  }

  /**
   * The settings that an operator has to give beside it.
   *
   * @return keys of settings
   */
  public List<String> needs() {
    return needs;
  }

  /**
   * What it sets.
   *
   * @return values by the keys of settings, in order
   */
  public Map<String, String> presets() {
    return Collections.unmodifiableMap(presets);
  }

  /** What the issuer should have looked like; empty if it looks right. */
  Optional<String> refuse(String issuer) {
    return shape.equals(Shape.ANY) || issuer.matches(shape.pattern())
        ? Optional.empty()
        : Optional.of(shape.expectation());
  }

  static Profile parse(String id) {
    for (Profile profile : values()) {
      if (profile.id.equals(id)) {
        return profile;
      }
    }
    throw new IllegalArgumentException(
        Arrays.stream(values())
            .map(Profile::id)
            .collect(Collectors.joining(", ", "expected one of ", "")));
  }

  /** Gives the options of this profile to a builder. */
  void applyTo(IssuerBuilder issuer, ConfigBuilder config) {
    for (Map.Entry<String, String> preset : presets.entrySet()) {
      target(issuer, config).apply(setting(preset.getKey()), preset.getValue());
    }
  }

  // Asking for the primary resource makes it one that has to be complete.
  private static SettingTarget target(IssuerBuilder issuer, ConfigBuilder config) {
    return new SettingTarget(config, config.primaryResource(), issuer, "");
  }

  private static Setting setting(String key) {
    return Arrays.stream(Setting.values())
        .filter(setting -> setting.key().equals(key))
        .findFirst()
        .orElseThrow();
  }
}
