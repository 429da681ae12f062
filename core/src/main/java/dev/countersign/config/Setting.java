package dev.countersign.config;

import java.util.Optional;

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
      "A properties file in UTF-8 with settings; every other source is stronger than it."),
  /** The resource identifier. */
  RESOURCE(
      Level.RESOURCE,
      "resource",
      "required",
      "The URL that users give to their MCP client, absolute https without fragment (RFC 9728"
          + " section 1.2). It is also the audience of every token."),
  /** The issuers. */
  AUTHORIZATION_SERVERS(
      Level.SERVER,
      "authorization-servers",
      "required, unless there is a group",
      "The issuers whose tokens are accepted, with commas between them, the preferred one first,"
          + " each spelt as in its own metadata (RFC 8414 section 3.3)."),
  /** The mode. */
  MODE(
      Level.SERVER,
      "mode",
      "enforce",
      "`enforce`; `repair`: the application keeps its own authentication, and its challenges are"
          + " put right on their way out ([repair.md](repair.md)); or `report-only`: judge and"
          + " record, but admit everything, with the user of a good token. Report-only protects"
          + " nothing; only a body that breaks off while a rule has it read is answered, by 400 or"
          + " 408."),
  /** A server that cannot be guarded. */
  ON_STARTUP_FAILURE(
      Level.SERVER,
      "on-startup-failure",
      "exit",
      "Only for the agent: what happens when something listens that it cannot guard. `exit`: the"
          + " JVM stops; `deny`: the port is not served."),
  /** Ports that are no MCP servers. */
  UNGUARDED_PORTS(
      Level.SERVER,
      "unguarded-ports",
      "none",
      "**Relaxation**, only for the agent: ports, with commas between them, that may listen"
          + " although no server that the agent knows opens them: of a database or a cluster in the"
          + " same JVM, for instance."),
  /** Tokens that leave again. */
  TOKEN_PASSTHROUGH(
      Level.SERVER,
      "token-passthrough",
      "off",
      "Only for the agent: what happens when the application sends an access token that a client"
          + " has sent to it on to another server, in a field or in the query of an HTTP request."
          + " `off`: nobody looks; `report`: it is logged and counted; `block`: the request is not"
          + " sent, and the application gets an `IOException`"
          + " ([agent.md](agent.md#tokens-that-leave-again))."),
  /** Scopes of every token. */
  REQUIRED_SCOPES(
      Level.RESOURCE,
      "required-scopes",
      "",
      "The scopes that every access token must have, with spaces between them."),
  /** Scopes of the first challenge. */
  ANNOUNCED_SCOPES(
      Level.RESOURCE,
      "announced-scopes",
      "the required scopes",
      "The scopes that the challenge of a 401 names. Clients register and log in with exactly"
          + " these."),
  /** Scopes of the metadata document. */
  SCOPES_SUPPORTED(
      Level.RESOURCE,
      "scopes-supported",
      "all scopes of the other settings",
      "The `scopes_supported` of the metadata document (RFC 9728 section 2)."),
  /** Scopes of one tool. */
  TOOL_SCOPES(
      Level.RESOURCE,
      "scopes.tool.*",
      "",
      "What a call of the tool of that name needs beyond the required scopes"
          + " ([policy.md](policy.md)): scopes with spaces between them, all of which are needed;"
          + " several such lists with a vertical bar between them, one of which is needed; `none`;"
          + " or `deny`. With such a rule the body of a POST is read, strictly, once its token was"
          + " accepted, and tools without one are denied."),
  /** Scopes of one prompt. */
  PROMPT_SCOPES(
      Level.RESOURCE, "scopes.prompt.*", "", "The same for the use of the prompt of that name."),
  /** Scopes of resources. */
  RESOURCE_SCOPES(
      Level.RESOURCE,
      "scopes.resource.*",
      "",
      "The same for the use of the resources of that URI, exact, with `{variables}` in the place of"
          + " whole segments, or with `/*` at the end. In a properties file a colon in a key is"
          + " written `\\:`."),
  /** Scopes of one method. */
  METHOD_SCOPES(
      Level.RESOURCE,
      "scopes.method.*",
      "",
      "The same for the JSON-RPC method of that name, where no other rule is more special."),
  /** The file with rules. */
  POLICY(
      Level.RESOURCE,
      "policy",
      "",
      "A file with such rules, in JSON or YAML ([policy.md](policy.md)), by its ending; beside the"
          + " settings, which must not contradict it. Read again with the configuration."),
  /** Broader and narrower scopes. */
  SCOPE_IMPLIES(
      Level.RESOURCE,
      "scope-implies.*",
      "",
      "The narrower scopes that the scope of that name implies, with spaces between them: a token"
          + " with it is good for what needs them. Challenges still name the narrower ones."),
  /** Tools without a rule. */
  UNLISTED_TOOLS(
      Level.RESOURCE,
      "unlisted-tools",
      "deny with a rule for a tool, otherwise allow",
      "What happens to tools without a rule: `deny`, or `allow` with the required scopes."),
  /** Prompts without a rule. */
  UNLISTED_PROMPTS(
      Level.RESOURCE,
      "unlisted-prompts",
      "deny with a rule for a prompt, otherwise allow",
      "The same for prompts."),
  /** Resources without a rule. */
  UNLISTED_RESOURCES(
      Level.RESOURCE,
      "unlisted-resources",
      "deny with a rule for a resource, otherwise allow",
      "The same for resources."),
  /** Methods without a rule. */
  UNLISTED_METHODS(
      Level.RESOURCE,
      "unlisted-methods",
      "known with any rule, otherwise allow",
      "The same for methods, beside what the rules for tools, prompts and resources permit; or"
          + " `known`: those of MCP are allowed, others denied."),
  /** Which tools there are. */
  CONCEAL_RULES(
      Level.RESOURCE,
      "conceal-rules",
      "false",
      "Whether a call with too little scope for a rule is answered like one that is denied, without"
          + " a challenge, so that nobody learns which tools there are. No client can then ask for"
          + " more scope by itself."),
  /** What a caller learns of what it may not use. */
  HIDE_DENIED(
      Level.RESOURCE,
      "hide-denied",
      "false",
      "Whether the use of a tool, a prompt or a resource for which the token does not suffice is"
          + " answered as one that does not exist, by a JSON-RPC error with status 200 and without"
          + " a challenge ([policy.md](policy.md#what-a-caller-may-know))."),
  /** What is in a list. */
  FILTER_LISTS(
      Level.RESOURCE,
      "filter-lists",
      "false",
      "Whether the lists of tools, prompts, resources and templates hold only what the token may"
          + " use ([policy.md](policy.md#what-a-caller-may-know)). The results of the application"
          + " are rewritten; what cannot be read strictly is not sent."),
  /** How the user must have logged in. */
  ACR_VALUES(
      Level.RESOURCE,
      "acr-values",
      "",
      "The authentication contexts of which the `acr` of every token must be one, with spaces"
          + " between them (RFC 9470). Another login is asked for by a 401."),
  /** The same for one tool. */
  TOOL_ACR_VALUES(
      Level.RESOURCE, "acr-values.tool.*", "", "The same for a call of the tool of that name."),
  /** The same for one prompt. */
  PROMPT_ACR_VALUES(Level.RESOURCE, "acr-values.prompt.*", "", "The same for that prompt."),
  /** The same for resources. */
  RESOURCE_ACR_VALUES(
      Level.RESOURCE, "acr-values.resource.*", "", "The same for the resources of that URI."),
  /** The same for one method. */
  METHOD_ACR_VALUES(Level.RESOURCE, "acr-values.method.*", "", "The same for that method."),
  /** How long ago the user may have logged in. */
  MAX_AGE(
      Level.RESOURCE,
      "max-age",
      "no limit",
      "How long ago the login behind every token may have been by its `auth_time`, an ISO-8601"
          + " duration, at most P365D (RFC 9470). A new login is asked for by a 401."),
  /** The same for one tool. */
  TOOL_MAX_AGE(
      Level.RESOURCE,
      "max-age.tool.*",
      "no limit",
      "The same for a call of the tool of that name."),
  /** The same for one prompt. */
  PROMPT_MAX_AGE(Level.RESOURCE, "max-age.prompt.*", "no limit", "The same for that prompt."),
  /** The same for resources. */
  RESOURCE_MAX_AGE(
      Level.RESOURCE, "max-age.resource.*", "no limit", "The same for the resources of that URI."),
  /** The same for one method. */
  METHOD_MAX_AGE(Level.RESOURCE, "max-age.method.*", "no limit", "The same for that method."),
  /** The scopes of a later challenge. */
  STEP_UP(
      Level.RESOURCE,
      "step-up",
      "auto",
      "Which scopes the challenge to a token with too few names ([step-up.md](step-up.md)):"
          + " `operation`: those of the operation; `accumulate`: behind them those that the token"
          + " has, for clients that replace their scopes; `related`: behind them every"
          + " `scope-groups.NAME` that has one of them; `auto`: `operation` for requests of"
          + " protocol revision 2026-07-28 and later, otherwise `accumulate`."),
  /** Scopes that belong together. */
  SCOPE_GROUPS(
      Level.RESOURCE,
      "scope-groups.*",
      "",
      "Scopes that are used together, with spaces between them, for `step-up=related`."),
  /** Methods without a token. */
  PUBLIC_METHODS(
      Level.RESOURCE,
      "public-methods",
      "",
      "Relaxation: JSON-RPC methods that need no token, exact, with commas between them, such as"
          + " `initialize,tools/list` ([step-up.md](step-up.md)). Never `tools/call`. With it the"
          + " body of a POST without credentials is read, strictly; a GET without credentials is"
          + " answered 405. A token that is presented is always verified."),
  /** Tools without a token. */
  PUBLIC_TOOLS(
      Level.RESOURCE,
      "public-tools",
      "",
      "Relaxation: tools whose calls need no token, exact, with commas between them; otherwise as"
          + " `public-methods`. None that has a rule of its own."),
  /** A name for people. */
  RESOURCE_NAME(
      Level.RESOURCE, "resource-name", "", "The `resource_name` of the metadata document."),
  /** A name for people in a language. */
  RESOURCE_NAME_IN(
      Level.RESOURCE,
      "resource-name.*",
      "",
      "The same in the language of that BCP 47 tag: `resource-name.de`."),
  /** A page for developers. */
  RESOURCE_DOCUMENTATION(
      Level.RESOURCE,
      "resource-documentation",
      "",
      "The `resource_documentation` of the metadata document, an absolute URL."),
  /** A page about the use of data. */
  RESOURCE_POLICY_URI(
      Level.RESOURCE,
      "resource-policy-uri",
      "",
      "The `resource_policy_uri` of the metadata document, an absolute URL."),
  /** Terms of service. */
  RESOURCE_TOS_URI(
      Level.RESOURCE,
      "resource-tos-uri",
      "",
      "The `resource_tos_uri` of the metadata document, an absolute URL."),
  /** The issuer of a named group. */
  ISSUER(
      Level.ISSUER,
      "issuer",
      "required in a group",
      "Only as `issuers.NAME.issuer`: one more authorization server, with settings of its own."),
  /** Where the keys are. */
  JWKS_URI(
      Level.ISSUER,
      "jwks-uri",
      "found by discovery",
      "The key set of the authorization server, absolute https. Only with one authorization server,"
          + " or in its group."),
  /** Signature algorithms. */
  ALGORITHMS(
      Level.ISSUER,
      "algorithms",
      "RS256, PS256, ES256, EdDSA, Ed25519",
      "The signature algorithms that are accepted (RFC 8725 section 3.1). Never `none` or an"
          + " HMAC."),
  /** Other spellings of the audience. */
  AUDIENCE_ALIASES(
      Level.ISSUER,
      "audience-aliases",
      "",
      "Relaxation: further exact audiences that count as this resource, with commas between them,"
          + " for an authorization server that cannot put the resource identifier into `aud`."),
  /** One audience only. */
  EXCLUSIVE_AUDIENCE(
      Level.ISSUER,
      "exclusive-audience",
      "false",
      "Whether a token with a further audience is refused (RFC 8725 section 3.9)."),
  /** Tokens that do not follow RFC 9068. */
  ACCEPT_PLAIN_JWT(
      Level.ISSUER,
      "accept-plain-jwt",
      "false",
      "Relaxation: whether a token with the `typ` `JWT` or without one is accepted, from an"
          + " authorization server that does not follow RFC 9068. ID tokens are still refused."),
  /** Where the scope is. */
  SCOPE_CLAIMS(
      Level.ISSUER,
      "scope-claims",
      "scope; with accept-plain-jwt also scp",
      "The claims that may hold the scope, with commas between them: in `scope` a text, in any"
          + " other a text or an array of texts. Those that are in a token must agree."),
  /** Where the client is. */
  CLIENT_ID_CLAIMS(
      Level.ISSUER,
      "client-id-claims",
      "client_id; with accept-plain-jwt also azp",
      "The claims that may hold the client, with commas between them; the first that is in the"
          + " token counts."),
  /** Options for a known server. */
  PROFILE(
      Level.ISSUER,
      "profile",
      "rfc9068",
      "A set of the options below for an authorization server that is around, by its name in"
          + " [authorization-servers.md](authorization-servers.md); options beside it are"
          + " stronger."),
  /** Tenants of a template. */
  TENANTS(
      Level.ISSUER,
      "tenants",
      "",
      "The tenants of an issuer with a placeholder, as `https://login.example/{tenantid}/v2.0`,"
          + " with commas between them, at most 50. Each becomes an issuer of its own; there is no"
          + " wildcard."),
  /** Other names of the issuer. */
  ISSUER_ALIASES(
      Level.ISSUER,
      "issuer-aliases",
      "",
      "Relaxation: further exact values of `iss` in tokens that the keys of the issuer sign, with"
          + " commas between them."),
  /** Where clients log in. */
  ADVERTISED_ISSUER(
      Level.ISSUER,
      "advertised-issuer",
      "the issuer",
      "Relaxation: what `authorization_servers` of the metadata document names in the place of the"
          + " issuer or its tenants. Clients that compare it with the metadata there may refuse it"
          + " (RFC 8414 section 3.3)."),
  /** The origin for the resource. */
  ACCEPT_ORIGIN_AUDIENCE(
      Level.ISSUER,
      "accept-origin-audience",
      "false",
      "Relaxation: whether the origin of the resource, with or without a slash, counts as the"
          + " resource in `aud`. With one resource only."),
  /** Other claims with the audience. */
  AUDIENCE_CLAIMS(
      Level.ISSUER,
      "audience-claims",
      "aud",
      "Relaxation: the claims whose values are audiences, with commas between them, such as"
          + " `aud,resource`."),
  /** What may stand beside the only audience. */
  EXTRA_AUDIENCES(
      Level.ISSUER,
      "extra-audiences",
      "",
      "Relaxation: exact audiences that a token may have beside the resource although"
          + " `exclusive-audience` is on, such as the userinfo endpoint, with commas between"
          + " them."),
  /** The clients. */
  CLIENT_IDS(
      Level.ISSUER,
      "client-ids",
      "all",
      "The only clients whose tokens are accepted, exact, with commas between them."),
  /** The client for the resource. */
  CLIENT_ID_AS_AUDIENCE(
      Level.ISSUER,
      "client-id-as-audience",
      "false",
      "Relaxation: whether one of `client-ids` in `aud` stands for the resource. Needs `client-ids`"
          + " and `binding-scopes`. With one resource only."),
  /** No audience. */
  ABSENT_AUDIENCE(
      Level.ISSUER,
      "absent-audience",
      "false",
      "Relaxation: whether a token without an audience is accepted. Needs `client-ids`, and"
          + " `binding-scopes` or a claim of this resource alone in `required-claims`. With one"
          + " resource only."),
  /** Scopes as a second tie. */
  BINDING_SCOPES(
      Level.ISSUER,
      "binding-scopes",
      "",
      "Scopes of this resource alone, all of which every token must have, with spaces between them;"
          + " without them a token is refused as one for another resource. None of OpenID"
          + " Connect."),
  /** Scopes for the resource. */
  SCOPE_AS_AUDIENCE(
      Level.ISSUER,
      "scope-as-audience",
      "",
      "Relaxation: scopes of this resource alone, any of which stands for the audience, with spaces"
          + " between them. None of OpenID Connect. With one resource only."),
  /** Types of tokens. */
  TOKEN_TYPES(
      Level.ISSUER,
      "token-types",
      "at+jwt",
      "Relaxation: the `typ` of access tokens, with commas between them. `JWT` is what"
          + " `accept-plain-jwt` is for."),
  /** Scope as an array. */
  ACCEPT_SCOPE_ARRAY(
      Level.ISSUER,
      "accept-scope-array",
      "false",
      "Relaxation: whether the claim `scope` may be an array of texts."),
  /** What is left away from scopes. */
  SCOPE_PREFIX(
      Level.ISSUER,
      "scope-prefix",
      "",
      "Relaxation: the beginning of every scope as clients ask for it that the token leaves away,"
          + " such as `api://x/`. Scopes stand in the configuration as clients ask for them."),
  /** Literal claims. */
  REQUIRED_CLAIMS(
      Level.ISSUER,
      "required-claims",
      "",
      "What claims must say, `name=value` with commas between them, each value literal; a name that"
          + " is repeated has several values, one of which is needed."),
  /** How old a token may be. */
  MAXIMUM_AGE(
      Level.ISSUER,
      "maximum-age",
      "no limit",
      "How long ago a token may have been issued by its `iat`, an ISO-8601 duration; the clock skew"
          + " is added."),
  /** How long a token may live. */
  MAXIMUM_LIFETIME(
      Level.ISSUER,
      "maximum-lifetime",
      "no limit",
      "How far the `exp` of a token may be from its `iat`, an ISO-8601 duration. A token with a"
          + " longer life is refused from its first day on."),
  /** What the tokens are. */
  TOKENS(
      Level.ISSUER,
      "tokens",
      "jwt",
      "`jwt`: tokens are judged here. `opaque`: the authorization server is asked about each (RFC"
          + " 7662). `any`: what looks like a signed JWT is judged here, about the rest it is"
          + " asked. Opaque tokens of one authorization server only."),
  /** Where the authorization server is asked. */
  INTROSPECTION_ENDPOINT(
      Level.ISSUER,
      "introspection-endpoint",
      "found by discovery",
      "The introspection endpoint of the authorization server (RFC 7662 section 2), absolute"
          + " https."),
  /** As whom it is asked. */
  INTROSPECTION_CLIENT_ID(
      Level.ISSUER,
      "introspection-client-id",
      "",
      "The client identifier of this server at the authorization server."),
  /** The secret of this server. */
  INTROSPECTION_CLIENT_SECRET(
      Level.ISSUER,
      "introspection-client-secret",
      "",
      "The secret of this server at the authorization server. Refused on a command line, which"
          + " every user of the machine can read; better in a file."),
  /** The file with the secret of this server. */
  INTROSPECTION_CLIENT_SECRET_FILE(
      Level.ISSUER,
      "introspection-client-secret-file",
      "",
      "A file with that secret, read again whenever it is needed, so that it can be changed without"
          + " a restart."),
  /** The file with the key of this server. */
  INTROSPECTION_KEY_FILE(
      Level.ISSUER,
      "introspection-key-file",
      "",
      "A file with the private key of this server as a JWK (RFC 7517), instead of a secret; read"
          + " again whenever it is needed."),
  /** The key store of this server. */
  INTROSPECTION_KEY_STORE(
      Level.ISSUER,
      "introspection-key-store",
      "",
      "A PKCS #12 file with one private key and its certificates, which this server shows in the"
          + " TLS connection (RFC 8705 section 2), instead of a secret; read again whenever it is"
          + " needed."),
  /** What opens it. */
  INTROSPECTION_KEY_STORE_PASSWORD_FILE(
      Level.ISSUER,
      "introspection-key-store-password-file",
      "",
      "A file with the password of that key store."),
  /** How this server proves who it is. */
  INTROSPECTION_AUTH(
      Level.ISSUER,
      "introspection-auth",
      "client_secret_basic; with a key private_key_jwt; with a key store tls_client_auth",
      "How this server proves who it is: `client_secret_basic`, `client_secret_post`,"
          + " `private_key_jwt`, `tls_client_auth` or `self_signed_tls_client_auth`."),
  /** Signed answers. */
  INTROSPECTION_SIGNED(
      Level.ISSUER,
      "introspection-signed",
      "false",
      "Whether every answer must be signed by the authorization server (RFC 9701)."),
  /** How long an answer counts. */
  INTROSPECTION_CACHE(
      Level.ISSUER,
      "introspection-cache",
      "PT30S",
      "For how long an answer about a good token is relied on at most, an ISO-8601 duration from"
          + " PT0S to PT1M; a revoked token is refused after that. For a bad token five seconds at"
          + " most."),
  /** Tools that need more than a good JWT. */
  INTROSPECTED_TOOLS(
      Level.ISSUER,
      "introspected-tools",
      "",
      "Tools, with commas between them, for whose calls the authorization server is asked about the"
          + " token although it is a JWT and was found good: it may have been revoked. The answer"
          + " is relied on for `introspection-cache`. The body of a POST is read, strictly, once"
          + " its token was accepted."),
  /** Google's way of asking. */
  TOKENINFO_ENDPOINT(
      Level.ISSUER,
      "tokeninfo-endpoint",
      "",
      "Relaxation: a tokeninfo endpoint as Google has one, absolute https, instead of"
          + " introspection. Its answers name a client and no resource: `audience-aliases` lists"
          + " the clients whose tokens are accepted."),
  /** Tolerance for clocks. */
  CLOCK_SKEW(
      Level.SERVER,
      "clock-skew",
      "PT30S",
      "The tolerance on `exp`, `nbf` and `iat`, an ISO-8601 duration, at most PT5M."),
  /** Size of a token. */
  MAX_TOKEN_LENGTH(
      Level.SERVER,
      "max-token-length",
      "16384",
      "The greatest length of an access token in characters, 256 to 65536; a longer one is refused"
          + " unread."),
  /** Size of the cache of accepted tokens. */
  TOKEN_CACHE_SIZE(
      Level.SERVER,
      "token-cache-size",
      "67108864",
      "How much memory accepted tokens may take that need not be verified again for up to five"
          + " minutes, in bytes, at most 536870912; `0` verifies every token on every request."
          + " Holds digests, no tokens."),
  /** Size of a body. */
  MAX_BODY_SIZE(
      Level.SERVER,
      "max-body-size",
      "1048576",
      "The greatest body in bytes, 1024 to 67108864, where a scope of a tool makes the kit read"
          + " it."),
  /** Size of all bodies. */
  BODY_MEMORY(
      Level.SERVER,
      "body-memory",
      "67108864",
      "How many bytes of bodies are kept at the same time while the kit reads them, 1048576 to"
          + " 2147483647 and no less than `max-body-size`. What comes beyond is answered 503 with"
          + " `Retry-After`. In report-only mode no body is given up, for its memory or its time."),
  /** The form for ChatGPT. */
  TOOL_CHALLENGES(
      Level.SERVER,
      "tool-challenges",
      "http",
      "How the call of a tool is told that it needs another token ([step-up.md](step-up.md)):"
          + " `http`: by status and `WWW-Authenticate`, as MCP says; `meta`: by a result of the"
          + " tool whose `_meta` has `mcp/www_authenticate`; `auto`: `meta` for ChatGPT, by its"
          + " `User-Agent`, and `http` for everybody else."),
  /** Paths without a token. */
  PUBLIC_PATHS(
      Level.SERVER,
      "public-paths",
      "",
      "Relaxation: paths that need no token, with commas between them: exact, or a prefix that ends"
          + " in a slash. Compared with the raw path; a path with `%`, `;`, `\\`, `//` or a dot"
          + " segment is never public, nor is one that ends like the path of a resource."),
  /** Origins of browsers. */
  ALLOWED_ORIGINS(
      Level.SERVER,
      "allowed-origins",
      "the origin of the resource",
      "Further origins whose pages may call the server, with commas between them, each exact:"
          + " `https://app.example.com`."),
  /** Hosts of requests. */
  ALLOWED_HOSTS(
      Level.SERVER,
      "allowed-hosts",
      "any",
      "The hosts to which requests may be addressed beside that of the resource, with commas"
          + " between them, each exact with its port: `localhost:8080`. Anything else is answered"
          + " 421, against DNS rebinding."),
  /** Identities that clients claim. */
  STRIPPED_HEADERS(
      Level.SERVER,
      "stripped-headers",
      "the usual ones for identities",
      "Further fields, with commas between them, that no client may send to the application: those"
          + " in which your gateway or application hands on who the user is"
          + " ([hardening.md](hardening.md))."),
  /** Identities that are let through. */
  EXPOSED_HEADERS(
      Level.SERVER,
      "exposed-headers",
      "none",
      "Relaxation: those of the usual fields for identities that the application sees as the client"
          + " sent them, with commas between them."),
  /** What reached a proxy without TLS. */
  ACCEPT_CLEAR_TEXT(
      Level.SERVER,
      "accept-clear-text",
      "false",
      "Whether requests are accepted of which one of `trusted-proxies` says that they reached it"
          + " without TLS: by `http` in `X-Forwarded-Proto` or, with `forwarded-header=true`, in"
          + " the `proto` of `Forwarded`. They are answered 403 otherwise, and the log is told that"
          + " a token may be known to others. `true` is a relaxation."),
  /** The token for the application. */
  EXPOSE_AUTHORIZATION(
      Level.SERVER,
      "expose-authorization",
      "false",
      "Relaxation: whether the application sees the `Authorization` and `DPoP` fields of a request"
          + " that was admitted. It needs them only if it verifies the token once more."),
  /** The realm. */
  REALM(
      Level.SERVER,
      "realm",
      "",
      "The `realm` of the challenge, one plain word. Some clients take a URL in it for an issuer."),
  /** The page about errors. */
  ERROR_URI(
      Level.SERVER,
      "error-uri",
      "",
      "The `error_uri` of challenges with an error, an absolute https URL of a page for people."),
  /** Which document the root serves. */
  ROOT_DOCUMENT(
      Level.SERVER,
      "root-document",
      "on with one resource",
      "Which resource the document without a path is about: `off`, `first`, or the NAME of a"
          + " resource. With one resource the default is that one, with several none."),
  /** The document for clients of 2025-03-26. */
  LEGACY_AS_MIRROR(
      Level.SERVER,
      "legacy-as-mirror",
      "false",
      "Whether a copy of the first authorization server's metadata is served where clients of"
          + " protocol revision 2025-03-26 look for it."),
  /** Tokens bound to a key. */
  DPOP(
      Level.SERVER,
      "dpop",
      "off",
      "Whether access tokens may or must be bound to a key of the client (RFC 9449): `off`,"
          + " `optional` or `required`. A bound token is refused without a proof of its key,"
          + " always."),
  /** Algorithms of proofs. */
  DPOP_ALGORITHMS(
      Level.SERVER,
      "dpop-algorithms",
      "ES256, EdDSA, Ed25519, RS256, PS256",
      "The signature algorithms of DPoP proofs, the preferred one first. Never `none` or an HMAC."),
  /** Age of proofs. */
  DPOP_WINDOW(
      Level.SERVER,
      "dpop-window",
      "PT5M",
      "How far the `iat` of a DPoP proof may be from now, an ISO-8601 duration, PT10S to PT15M."),
  /** Nonces in proofs. */
  DPOP_NONCE(
      Level.SERVER,
      "dpop-nonce",
      "false",
      "Whether every DPoP proof must carry a nonce of this server (RFC 9449 section 9), so that"
          + " none can be made in advance. Recommended where much is at stake; costs each client"
          + " one more request now and then."),
  /** The key of nonces. */
  DPOP_NONCE_KEY_FILE(
      Level.SERVER,
      "dpop-nonce-key-file",
      "a random key of this process",
      "A file of 32 to 4096 random bytes, the same on all nodes, so that each takes the nonces of"
          + " the others."),
  /** Proofs used twice. */
  DPOP_REPLAY(
      Level.SERVER,
      "dpop-replay",
      "true",
      "Whether a DPoP proof can be used once only. Relaxation if `false`. Several nodes know each"
          + " other's proofs only through a shared store."),
  /** Tokens bound to a certificate. */
  CERTIFICATE_BOUND_TOKENS(
      Level.SERVER,
      "certificate-bound-tokens",
      "off",
      "Whether access tokens may or must be bound to a client certificate (RFC 8705 section 3):"
          + " `off`, `optional` or `required`. A bound token is refused without that certificate,"
          + " always."),
  /** The certificate behind a proxy. */
  CLIENT_CERTIFICATE_HEADER(
      Level.SERVER,
      "client-certificate-header",
      "none: the TLS connection counts",
      "The field in which a proxy that ends TLS hands on the client's certificate: as in RFC 9440,"
          + " or percent-encoded PEM. Only from `trusted-proxies`, which must drop what clients"
          + " send under that name."),
  /** Who may speak for clients. */
  TRUSTED_PROXIES(
      Level.SERVER,
      "trusted-proxies",
      "",
      "The addresses or blocks (`10.0.0.0/8`) of the proxies that are believed, with commas between"
          + " them. Behind them the last other address in `X-Forwarded-For` is the client's, where"
          + " there is a limit for each."),
  /** Strict reading of credentials. */
  STRICT_CREDENTIALS(
      Level.SERVER,
      "strict-credentials",
      "false",
      "Whether `Authorization: Bearer` alone, and a token in the query beside one in the field, are"
          + " answered 400 instead of being ignored."),

  /** Bad credentials of one source. */
  FAILURE_LIMIT(
      Level.SERVER,
      "failure-limit",
      "0",
      "How many requests with bad credentials one source may send a minute, at most 1000000; what"
          + " it sends beyond that with credentials is answered 429 until the minute is over. `0`"
          + " for no limit. A source is an address, or the first 64 bits of one of IPv6; all users"
          + " behind one proxy that is not in `trusted-proxies` are one source."),
  /** How proxies say for whom they ask. */
  FORWARDED_HEADER(
      Level.SERVER,
      "forwarded-header",
      "false",
      "Whether `trusted-proxies` write `Forwarded` (RFC 7239) instead of `X-Forwarded-For`. Only"
          + " one of the two is read, for limits and `accept-clear-text`; the address of the last"
          + " hop that no trusted proxy has counts. A field that does not follow the grammar counts"
          + " as none."),
  /** Whose a session is. */
  SESSION_BINDING(
      Level.SERVER,
      "session-binding",
      "true",
      "Whether a session of MCP (`Mcp-Session-Id`, and `sessionId` of the older HTTP+SSE) can only"
          + " be used by the user and client that began it; to everybody else it does not exist,"
          + " 404 ([sessions.md](sessions.md)). `false` is a relaxation."),
  /** How long a session that nobody uses is remembered. */
  SESSION_LIFE(
      Level.SERVER,
      "session-life",
      "P7D",
      "How long it is remembered whose a session is that nobody uses, an ISO-8601 duration from"
          + " PT1M to P365D. Then it does not exist any more."),
  /** Streams and their tokens. */
  END_STREAMS(
      Level.SERVER,
      "end-streams",
      "listen",
      "Which streams end when the token that opened them expires or is revoked: `listen`, those of"
          + " GET and of `subscriptions/listen`; `all`, those of single calls as well, whose result"
          + " is then lost; or `none`, a relaxation."),
  /** How many streams. */
  MAX_STREAMS(
      Level.SERVER,
      "max-streams-per-principal",
      "100",
      "How many streams that only listen one user may have open with one client, at most 100000;"
          + " one more is answered 429. `0` for no limit."),
  /** Counters. */
  JMX(
      Level.SERVER,
      "jmx",
      "false",
      "Whether decisions are counted by their reason, and shown through JMX as"
          + " `dev.countersign:type=Decisions,resource=\"...\"`, with the findings of"
          + " `self-check`."),
  /** What the server finds out about itself. */
  SELF_CHECK(
      Level.SERVER,
      "self-check",
      "true",
      "Whether the server looks at itself, as the [doctor](doctor.md#self-check-inside) does from"
          + " outside: it asks every authorization server once at start, and calls itself through"
          + " the loopback once it listens. Findings are logged, and shown through `jmx`."),
  /** No start with an error. */
  STRICT_START(
      Level.SERVER,
      "strict-start",
      "false",
      "Whether nothing is served as long as the self-check has found an error: the filter does not"
          + " start, the agent does what `on-startup-failure` says, and what has started already"
          + " answers 503 until a reload. An authorization server that is out of reach at start is"
          + " such an error. Needs `self-check`."),
  /** Authorization servers inside. */
  ALLOW_PRIVATE_ADDRESSES(
      Level.SERVER,
      "allow-private-addresses",
      "false",
      "Relaxation: whether an authorization server may have a private, link-local or loopback"
          + " address."),
  /** Development on one machine. */
  ALLOW_HTTP_ON_LOOPBACK(
      Level.SERVER,
      "allow-http-on-loopback",
      "false",
      "Relaxation, for development: whether the resource and the authorization servers may be plain"
          + " http on the loopback.");

  /** What a setting belongs to. */
  enum Level {
    SERVER,
    RESOURCE,
    ISSUER
  }

  private final Level level;
  private final String key;
  private final String defaultValue;
  private final String meaning;

  Setting(Level level, String key, String defaultValue, String meaning) {
    this.level = level;
    this.key = key;
    this.defaultValue = defaultValue;
    this.meaning = meaning;
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
}
