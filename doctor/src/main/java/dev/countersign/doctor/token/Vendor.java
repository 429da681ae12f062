package dev.countersign.doctor.check;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Authorization servers that can be recognised by their issuer, with what is special about them.
 */
enum Vendor {
  ENTRA(
      "https://(login\\.microsoftonline\\.com|sts\\.windows\\.net)/.*",
      "entra-v2",
      "Entra puts the application into aud: list it in audience-aliases."),
  AUTH0(
      "https://[^/]+\\.auth0\\.com/",
      "auth0",
      "Auth0 wants an API with the resource as its identifier."),
  OKTA(
      "https://[^/]+\\.okta(preview)?\\.com(/.*)?",
      "okta",
      "Okta has one audience for each custom authorization server: make it the resource."),
  KEYCLOAK(
      "https?://[^/]+(/auth)?/realms/[^/]+",
      "keycloak",
      "Keycloak needs an audience mapper with the resource."),
  COGNITO(
      "https://cognito-idp\\.[^/]+\\.amazonaws\\.com/.*",
      "cognito",
      "Cognito has no aud in access tokens."),
  GOOGLE(
      "https://accounts\\.google\\.com",
      "google",
      "Google's access tokens are no JWTs for others."),
  WORKOS("https://[^/]+\\.authkit\\.app", "workos", "WorkOS needs the resource in its dashboard."),
  CLERK("https://[^/]+\\.clerk\\.accounts\\.dev", "clerk", "Clerk has no aud for MCP."),
  SUPABASE(
      "https://[^/]+\\.supabase\\.co/auth/v1",
      "supabase",
      "Supabase always has authenticated in aud.");

  private final Pattern issuer;
  private final String profile;
  private final String hint;

  Vendor(String issuer, String profile, String hint) {
    this.issuer = Pattern.compile(issuer);
    this.profile = profile;
    this.hint = hint;
  }

  String profile() {
    return profile;
  }

  String hint() {
    return hint;
  }

  static Optional<Vendor> of(String issuer) {
    return Arrays.stream(values())
        .filter(vendor -> vendor.issuer.matcher(issuer).matches())
        .findFirst();
  }
}
