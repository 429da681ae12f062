package dev.countersign.token;

import static dev.countersign.token.ServerShape.removed;

import dev.countersign.oauth.Denial;
import java.util.List;
import java.util.Map;

/** Tokens as the authorization servers make them that a profile is for. */
final class ServerShapes {

  private static final String TENANT = "8f2b6a10-3c55-4f0e-9d27-51c1f6a0b7e1";
  private static final String OTHER_TENANT = "c0a4de27-71d5-4b8e-8a3f-0d9e3b1c2f44";
  private static final String API = "11aa22bb-33cc-44dd-55ee-66ff77aa88bb";
  private static final String CLIENT = "99887766-5544-3322-1100-aabbccddeeff";
  private static final String ENTRA = "https://login.microsoftonline.com/";
  private static final String OTHER_API = "https://other.example.com/api";
  private static final String OURS = Bench.RESOURCE.toString();

  private ServerShapes() {}

  static List<ServerShape> all() {
    return List.of(
        rfc9068(),
        entraV2(),
        entraV1(),
        entraMultiTenant(),
        auth0(),
        okta(),
        keycloak(),
        keycloakResourceIndicators(),
        cognito(),
        workos(),
        supabase(),
        clerk(),
        authentik(),
        hydra(),
        pingFederate(),
        forgerock(),
        spring());
  }

  private static ServerShape rfc9068() {
    return new ServerShape("rfc9068", "https://id.example.com")
        .claims("client_id", "client-1", "jti", "t-1", "scope", "mcp:read")
        .grants("mcp:read", "client-1")
        .refuses("an ID token", Denial.AUDIENCE, "aud", "client-1", "nonce", "n")
        .refuses("a token for another API", Denial.AUDIENCE, "aud", OTHER_API)
        .refuses("a token without client", Denial.CLAIMS, "client_id", removed());
  }

  private static ServerShape entraV2() {
    return new ServerShape("entra-v2", ENTRA + TENANT + "/v2.0")
        .setting("audience-aliases", API)
        .setting("scope-prefix", "api://" + API + "/")
        .type("JWT")
        .claims(
            "aud",
            API,
            "azp",
            CLIENT,
            "azpacr",
            "0",
            "nbf",
            Bench.SECONDS - 10,
            "oid",
            "o-1",
            "scp",
            "mcp.read mcp.write",
            "tid",
            TENANT,
            "uti",
            "u-1",
            "ver",
            "2.0")
        .grants("api://" + API + "/mcp.read api://" + API + "/mcp.write", CLIENT)
        .refuses(
            "another tenant",
            Denial.ISSUER,
            "iss",
            ENTRA + OTHER_TENANT + "/v2.0",
            "tid",
            OTHER_TENANT)
        .refuses(
            "a version 1 token",
            Denial.ISSUER,
            "iss",
            "https://sts.windows.net/" + TENANT + "/",
            "ver",
            "1.0")
        .refuses("a version 1 claim set", Denial.CLAIMS, "ver", "1.0")
        .refuses(
            "a token for Graph", Denial.AUDIENCE, "aud", "00000003-0000-0000-c000-000000000000")
        .refuses("an ID token", Denial.AUDIENCE, "aud", CLIENT, "scp", removed(), "nonce", "n")
        .refuses("a token of the API for itself", Denial.AUDIENCE, "azp", API);
  }

  private static ServerShape entraV1() {
    return new ServerShape("entra-v1", ENTRA + "{tenantid}/v2.0")
        .setting("tenants", TENANT)
        .setting("audience-aliases", "api://" + API)
        .type("JWT")
        .claims(
            "iss",
            "https://sts.windows.net/" + TENANT + "/",
            "aud",
            "api://" + API,
            "appid",
            CLIENT,
            "appidacr",
            "0",
            "scp",
            "mcp:read",
            "tid",
            TENANT,
            "unique_name",
            "a@b.example",
            "ver",
            "1.0")
        .grants("mcp:read", CLIENT)
        .refuses(
            "another tenant",
            Denial.ISSUER,
            "iss",
            "https://sts.windows.net/" + OTHER_TENANT + "/",
            "tid",
            OTHER_TENANT)
        .refuses("a contradicting tenant", Denial.CLAIMS, "tid", OTHER_TENANT)
        .refuses("the bare identifier", Denial.AUDIENCE, "aud", API)
        .refuses(
            "an ID token", Denial.AUDIENCE, "aud", CLIENT, "appid", removed(), "scp", removed())
        .refuses("a version 2 token", Denial.CLAIMS, "iss", ENTRA + TENANT + "/v2.0", "ver", "2.0");
  }

  private static ServerShape entraMultiTenant() {
    return new ServerShape("entra-multi-tenant", ENTRA + "{tenantid}/v2.0")
        .setting("tenants", TENANT + "," + OTHER_TENANT)
        .setting("audience-aliases", API)
        .type("JWT")
        .claims(
            "iss",
            ENTRA + OTHER_TENANT + "/v2.0",
            "aud",
            API,
            "azp",
            CLIENT,
            "scp",
            "mcp:read",
            "tid",
            OTHER_TENANT,
            "ver",
            "2.0")
        .grants("mcp:read", CLIENT)
        .refuses(
            "a tenant that is not on the list",
            Denial.ISSUER,
            "iss",
            ENTRA + CLIENT + "/v2.0",
            "tid",
            CLIENT)
        .refuses("the template itself", Denial.ISSUER, "iss", ENTRA + "{tenantid}/v2.0")
        .refuses("one tenant in the name of the other", Denial.CLAIMS, "tid", TENANT)
        .refuses("an ID token", Denial.AUDIENCE, "aud", CLIENT, "scp", removed());
  }

  private static ServerShape auth0() {
    return new ServerShape("auth0", "https://tenant.eu.auth0.com/")
        .type("JWT")
        .claims(
            "sub",
            "google-oauth2|1",
            "aud",
            List.of(OURS, "https://tenant.eu.auth0.com/userinfo"),
            "azp",
            "kX0",
            "scope",
            "openid profile mcp:read",
            "permissions",
            List.of("mcp:read", "mcp:admin"))
        .grants("openid profile mcp:read", "kX0")
        .refuses(
            "the issuer without its slash", Denial.ISSUER, "iss", "https://tenant.eu.auth0.com")
        .refuses("another tenant", Denial.ISSUER, "iss", "https://other.eu.auth0.com/")
        .refuses(
            "a token for another API",
            Denial.AUDIENCE,
            "aud",
            List.of(OTHER_API, "https://tenant.eu.auth0.com/userinfo"))
        .refuses(
            "an ID token",
            Denial.AUDIENCE,
            "aud",
            "kX0",
            "azp",
            removed(),
            "scope",
            removed(),
            "nonce",
            "n");
  }

  private static ServerShape okta() {
    return new ServerShape("okta", "https://org.okta.com/oauth2/aus1")
        .noType()
        .claims(
            "ver",
            1,
            "jti",
            "AT.1",
            "cid",
            "0oa1",
            "uid",
            "00u1",
            "scp",
            List.of("mcp:read", "openid"))
        .grants("mcp:read openid", "0oa1")
        .refuses(
            "another custom server", Denial.ISSUER, "iss", "https://org.okta.com/oauth2/default")
        .refuses("the org server", Denial.ISSUER, "iss", "https://org.okta.com")
        .refuses("a token for another API", Denial.AUDIENCE, "aud", "api://default")
        .refuses(
            "an ID token",
            Denial.AUDIENCE,
            "aud",
            "0oa1",
            "cid",
            removed(),
            "scp",
            removed(),
            "at_hash",
            "h");
  }

  private static ServerShape keycloak() {
    return new ServerShape("keycloak", "https://sso.example.com/realms/mcp")
        .type("JWT")
        .claims(
            "jti",
            "onrtac:1",
            "aud",
            List.of(OURS, "account"),
            "typ",
            "Bearer",
            "azp",
            "cli",
            "sid",
            "s",
            "acr",
            "1",
            "scope",
            "openid mcp:read",
            "realm_access",
            Map.of("roles", List.of("user")))
        .grants("openid mcp:read", "cli")
        .refuses("another realm", Denial.ISSUER, "iss", "https://sso.example.com/realms/master")
        .refuses("a token for another API", Denial.AUDIENCE, "aud", "account")
        .refuses("a token without audience", Denial.AUDIENCE, "aud", removed())
        .refuses("an ID token", Denial.CLAIMS, "typ", "ID", "aud", "cli")
        .refuses("an ID token with our audience", Denial.CLAIMS, "typ", "ID")
        .refuses("a refresh token", Denial.CLAIMS, "typ", "Refresh")
        .refuses("a logout token", Denial.CLAIMS, "typ", "Logout");
  }

  private static ServerShape keycloakResourceIndicators() {
    return new ServerShape("keycloak-resource-indicators", "https://sso.example.com/realms/mcp")
        .type("JWT")
        .claims("jti", "onrtac:1", "typ", "Bearer", "azp", "cli", "scope", "mcp:read")
        .grants("mcp:read", "cli")
        .refuses("a client that sent no resource", Denial.AUDIENCE, "aud", "cli")
        .refuses("a token for two resources", Denial.AUDIENCE, "aud", List.of(OURS, OTHER_API))
        .refuses("an ID token", Denial.CLAIMS, "typ", "ID", "aud", "cli");
  }

  private static ServerShape cognito() {
    String pool = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab12";
    return new ServerShape("cognito", pool)
        .setting("client-ids", "3n4b5,6c7d8")
        .setting("binding-scopes", "mcp-server/read")
        .noType()
        .without("aud")
        .claims(
            "token_use",
            "access",
            "client_id",
            "3n4b5",
            "username",
            "alice",
            "version",
            2,
            "jti",
            "j",
            "auth_time",
            Bench.SECONDS - 20,
            "scope",
            "openid mcp-server/read")
        .grants("openid mcp-server/read", "3n4b5")
        .refuses("another pool", Denial.ISSUER, "iss", pool + "X")
        .refuses("another client of the pool", Denial.AUDIENCE, "client_id", "zzz")
        .refuses("no second tie", Denial.AUDIENCE, "scope", "openid")
        .refuses("an API token of the same client", Denial.AUDIENCE, "scope", "other-server/read")
        .refuses("a token for a named other API", Denial.AUDIENCE, "aud", OTHER_API)
        .refuses(
            "an ID token",
            Denial.CLAIMS,
            "token_use",
            "id",
            "aud",
            "3n4b5",
            "client_id",
            removed(),
            "scope",
            removed())
        .refuses("a token that does not say what it is", Denial.CLAIMS, "token_use", removed());
  }

  private static ServerShape workos() {
    return new ServerShape("workos", "https://quiet-river.authkit.app")
        .setting("audience-aliases", "client_01ENVIRONMENT")
        .noType()
        .claims(
            "aud",
            "client_01ENVIRONMENT",
            "client_id",
            "client_01AGENT",
            "jti",
            "j",
            "sid",
            "s",
            "org_id",
            "org_1",
            "scope",
            "mcp:read")
        .grants("mcp:read", "client_01AGENT")
        .refuses("another environment", Denial.ISSUER, "iss", "https://loud-river.authkit.app")
        .refuses("an API of the environment", Denial.AUDIENCE, "aud", OTHER_API)
        .refuses("an ID token", Denial.AUDIENCE, "aud", "client_01AGENT", "scope", removed());
  }

  private static ServerShape supabase() {
    return new ServerShape("supabase", "https://project.supabase.co/auth/v1")
        .setting("client-ids", "client-1")
        .type("JWT")
        .claims(
            "aud",
            "authenticated",
            "role",
            "authenticated",
            "client_id",
            "client-1",
            "session_id",
            "s",
            "aal",
            "aal1",
            "is_anonymous",
            false,
            "scope",
            "mcp:read")
        .grants("mcp:read", "client-1")
        .refuses("another project", Denial.ISSUER, "iss", "https://other.supabase.co/auth/v1")
        .refuses("a session of the web application", Denial.AUDIENCE, "client_id", removed())
        .refuses("another client", Denial.AUDIENCE, "client_id", "client-2")
        .refuses("an anonymous role", Denial.CLAIMS, "role", "anon")
        .refuses("an ID token", Denial.AUDIENCE, "aud", "client-1", "nonce", "n");
  }

  private static ServerShape clerk() {
    return new ServerShape("clerk", "https://clerk.example.com")
        .setting("client-ids", "cl-1")
        .setting("binding-scopes", "mcp:read")
        .without("aud")
        .claims(
            "client_id", "cl-1", "jti", "j", "nbf", Bench.SECONDS - 10, "scope", "profile mcp:read")
        .grants("profile mcp:read", "cl-1")
        .refuses("another instance", Denial.ISSUER, "iss", "https://clerk.other.example")
        .refuses("another client", Denial.AUDIENCE, "client_id", "cl-2")
        .refuses("no second tie", Denial.AUDIENCE, "scope", "profile")
        .refuses("an ID token", Denial.AUDIENCE, "aud", "cl-1", "nonce", "n");
  }

  private static ServerShape authentik() {
    return new ServerShape("authentik", "https://auth.example.com/application/o/mcp/")
        .setting("client-ids", "ak-1")
        .setting("binding-scopes", "mcp:read")
        .type("JWT")
        .claims(
            "aud",
            "ak-1",
            "azp",
            "ak-1",
            "acr",
            "goauthentik.io/providers/oauth2/default",
            "uid",
            "u",
            "scope",
            "mcp:read profile")
        .grants("mcp:read profile", "ak-1")
        .refuses(
            "another application",
            Denial.ISSUER,
            "iss",
            "https://auth.example.com/application/o/wiki/")
        .refuses("another client", Denial.AUDIENCE, "aud", "ak-2", "azp", "ak-2")
        .refuses("no second tie", Denial.AUDIENCE, "scope", "openid profile")
        .refuses("an ID token", Denial.AUDIENCE, "scope", removed())
        .refuses("an ID token with a nonce", Denial.ID_TOKEN, "nonce", "n");
  }

  private static ServerShape hydra() {
    return new ServerShape("hydra", "https://hydra.example.com/")
        .type("JWT")
        .claims(
            "aud",
            List.of(OURS),
            "client_id",
            "h-1",
            "ext",
            Map.of(),
            "jti",
            "j",
            "nbf",
            Bench.SECONDS - 10,
            "scp",
            List.of("mcp:read"))
        .grants("mcp:read", "h-1")
        .refuses("an audience that consent did not grant", Denial.CLAIMS, "aud", List.of())
        .refuses("a token for another API", Denial.AUDIENCE, "aud", List.of(OTHER_API))
        .refuses(
            "an ID token",
            Denial.AUDIENCE,
            "aud",
            List.of("h-1"),
            "scp",
            removed(),
            "at_hash",
            "h");
  }

  private static ServerShape pingFederate() {
    return new ServerShape("ping-federate", "https://ping.example.com")
        .noType()
        .without("iat")
        .claims("client_id", "p-1", "jti", "j", "scope", "mcp:read")
        .grants("mcp:read", "p-1")
        .refuses("a token for another API", Denial.AUDIENCE, "aud", OTHER_API)
        .refuses(
            "an ID token",
            Denial.AUDIENCE,
            "aud",
            "p-1",
            "client_id",
            removed(),
            "scope",
            removed());
  }

  private static ServerShape forgerock() {
    return new ServerShape("forgerock", "https://am.example.com/am/oauth2/realms/root/realms/alpha")
        .setting("client-ids", "fr-1")
        .setting("binding-scopes", "mcp:read")
        .type("JWT")
        .claims(
            "sub",
            "(usr!demo)",
            "aud",
            "fr-1",
            "cts",
            "OAUTH2_STATELESS_GRANT",
            "tokenName",
            "access_token",
            "token_type",
            "Bearer",
            "client_id",
            "fr-1",
            "grant_type",
            "authorization_code",
            "realm",
            "/alpha",
            "jti",
            "j",
            "scope",
            List.of("mcp:read", "profile"))
        .grants("mcp:read profile", "fr-1")
        .refuses(
            "another realm",
            Denial.ISSUER,
            "iss",
            "https://am.example.com/am/oauth2/realms/root/realms/bravo")
        .refuses("another client", Denial.AUDIENCE, "aud", "fr-2", "client_id", "fr-2")
        .refuses("no second tie", Denial.AUDIENCE, "scope", List.of("profile"))
        .refuses("an ID token", Denial.CLAIMS, "tokenName", "id_token", "scope", removed())
        .refuses("a refresh token", Denial.CLAIMS, "tokenName", "refresh_token");
  }

  private static ServerShape spring() {
    return new ServerShape("spring-authorization-server", "https://auth.example.com")
        .noType()
        .claims("nbf", Bench.SECONDS - 10, "jti", "j", "scope", List.of("mcp:read"))
        .grants("mcp:read", "")
        .refuses("the default audience", Denial.AUDIENCE, "aud", "messaging-client")
        .refuses(
            "an ID token",
            Denial.AUDIENCE,
            "aud",
            "messaging-client",
            "azp",
            "messaging-client",
            "nonce",
            "n",
            "scope",
            removed());
  }
}
