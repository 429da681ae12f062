package dev.countersign.doctor.token;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Authorization servers that can be recognised by their issuer, with what is special about them.
 */
public enum Vendor {
  /** Version 1 tokens of Microsoft Entra ID. */
  ENTRA_V1(
      "https://sts\\.windows\\.net/.*",
      "Entra puts the application into aud: list it in audience-aliases. Version 1 tokens have"
          + " another issuer than the metadata: set requestedAccessTokenVersion to 2 there.",
      "entra-v1"),
  /** Microsoft Entra ID. */
  ENTRA(
      "https://login\\.microsoftonline\\.com/.*",
      "Entra puts the application into aud: list it in audience-aliases.",
      "entra-v2",
      "entra-multi-tenant"),
  /** Auth0. */
  AUTH0(
      "https://[^/]+\\.auth0\\.com/",
      "Auth0 wants an API with the resource as its identifier.",
      "auth0"),
  /** Okta. */
  OKTA(
      "https://[^/]+\\.okta(preview)?\\.com(/.*)?",
      "Okta has one audience for each custom authorization server: make it the resource.",
      "okta"),
  /** Keycloak. */
  KEYCLOAK(
      "https?://[^/]+(/auth)?/realms/[^/]+",
      "Keycloak needs an audience mapper with the resource.",
      "keycloak",
      "keycloak-resource-indicators"),
  /** Amazon Cognito. */
  COGNITO(
      "https://cognito-idp\\.[^/]+\\.amazonaws\\.com/.*",
      "Cognito has no aud in access tokens, unless it has managed login with resource binding.",
      "cognito"),
  /** Google. */
  GOOGLE(
      "https://accounts\\.google\\.com",
      "Google's access tokens are no JWTs for others.",
      "google"),
  /** WorkOS AuthKit. */
  WORKOS(
      "https://[^/]+\\.authkit\\.app",
      "WorkOS needs the resource among its resource indicators.",
      "workos"),
  /** Clerk. */
  CLERK("https://[^/]+\\.clerk\\.accounts\\.dev", "Clerk has no aud for MCP.", "clerk"),
  /** Supabase. */
  SUPABASE(
      "https://[^/]+\\.supabase\\.co/auth/v1",
      "Supabase always has authenticated in aud.",
      "supabase"),
  /** authentik. */
  AUTHENTIK(
      "https?://[^/]+/application/o/[^/]+/", "authentik puts the client into aud.", "authentik"),
  /** ForgeRock AM. */
  FORGEROCK(
      "https?://[^/]+/(am|openam)/oauth2(/.*)?",
      "ForgeRock puts the client into aud.",
      "forgerock");

  private final Pattern issuer;
  private final String hint;
  private final List<String> profiles;

  Vendor(String issuer, String hint, String... profiles) {
    this.issuer = Pattern.compile(issuer);
    this.hint = hint;
    this.profiles = List.of(profiles);
  }

  /**
   * The profiles that may fit it.
   *
   * @return values of the setting {@code profile}, the likeliest first
   */
  public List<String> profiles() {
    return profiles;
  }

  /**
   * What to do there.
   *
   * @return a sentence or two
   */
  public String hint() {
    return hint;
  }

  /**
   * Recognises one.
   *
   * @param issuer an issuer identifier
   * @return empty if it could be anybody
   */
  public static Optional<Vendor> of(String issuer) {
    return Arrays.stream(values())
        .filter(vendor -> vendor.issuer.matcher(issuer).matches())
        .findFirst();
  }
}
