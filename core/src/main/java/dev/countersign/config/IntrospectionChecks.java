package dev.countersign.config;

import dev.countersign.token.ClientAuthMethod;
import dev.countersign.token.ClientSecret;
import dev.countersign.token.IntrospectionClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Whether the options for opaque tokens of an authorization server fit each other. */
final class IntrospectionChecks {

  private record Rule(String setting, Predicate<IssuerOptions> broken, String expectation) {}

  private static final String SECRET = "introspection-client-secret";
  private static final String SECRET_FILE = "introspection-client-secret-file";
  private static final String KEY_FILE = "introspection-key-file";
  private static final String KEY_STORE = "introspection-key-store";
  private static final String PASSWORD_FILE = "introspection-key-store-password-file";
  private static final String TOOLS = "introspected-tools";
  private static final String TOKEN_INFO = "tokeninfo-endpoint";

  private static final List<String> INTROSPECTION =
      List.of(
          "introspection-endpoint",
          "introspection-client-id",
          SECRET,
          SECRET_FILE,
          KEY_FILE,
          KEY_STORE,
          PASSWORD_FILE,
          "introspection-auth",
          "introspection-signed");

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              "tokens",
              all -> hasOpaque(all) && !all.has(TOKEN_INFO) && !all.has("introspection-client-id"),
              "needs introspection-client-id with a secret or key of this server, or"
                  + " tokeninfo-endpoint"),
          new Rule(
              TOOLS,
              all -> all.has(TOOLS) && !all.has("introspection-client-id"),
              "needs introspection-client-id with a secret or key of this server"),
          new Rule(
              TOOLS,
              all -> all.has(TOOLS) && all.value("tokens").equals("opaque"),
              "has no effect with tokens=opaque: the server is asked about every token then"),
          new Rule(
              "introspection-client-id",
              all -> all.has("introspection-client-id") && credentials(all).findAny().isEmpty(),
              "needs one of introspection-client-secret-file, introspection-client-secret,"
                  + " introspection-key-file, introspection-key-store"),
          new Rule(
              KEY_FILE,
              all -> all.has(KEY_FILE) && credentials(all).count() > 1,
              "expected either a key or a secret"),
          new Rule(
              KEY_STORE,
              all -> all.has(KEY_STORE) && !all.has(KEY_FILE) && credentials(all).count() > 1,
              "expected either a key store or a secret"),
          new Rule(
              KEY_STORE,
              all -> all.has(KEY_STORE) && !all.has(PASSWORD_FILE),
              "needs introspection-key-store-password-file"),
          new Rule(
              PASSWORD_FILE,
              all -> all.has(PASSWORD_FILE) && !all.has(KEY_STORE),
              "needs introspection-key-store"),
          new Rule(
              KEY_STORE,
              all -> all.has(KEY_STORE) && all.has(PASSWORD_FILE) && !isUsable(all),
              "expected a PKCS #12 file with one private key and its certificates, and its password"
                  + " in introspection-key-store-password-file"),
          new Rule(
              SECRET,
              all -> all.has(SECRET) && all.has(SECRET_FILE),
              "expected either the secret or a file with it"),
          new Rule(
              "introspection-auth",
              all ->
                  all.has("introspection-auth")
                      && credentials(all).findAny().isPresent()
                      && !methods(all).contains(all.value("introspection-auth")),
              "expected tls_client_auth or self_signed_tls_client_auth with"
                  + " introspection-key-store, private_key_jwt with introspection-key-file, and"
                  + " client_secret_basic or client_secret_post with a secret"),
          new Rule(
              TOKEN_INFO,
              all -> all.has(TOKEN_INFO) && !all.has("audience-aliases"),
              "needs audience-aliases: the identifiers of the clients whose tokens are accepted"));

  private IntrospectionChecks() {}

  private static boolean hasOpaque(IssuerOptions all) {
    return all.has("tokens") && !all.value("tokens").equals("jwt");
  }

  private static Stream<String> credentials(IssuerOptions all) {
    return Stream.of(SECRET, SECRET_FILE, KEY_FILE, KEY_STORE).filter(all::has);
  }

  /** The methods that fit the credentials. */
  private static List<String> methods(IssuerOptions all) {
    Predicate<ClientAuthMethod> mutualTls = ClientAuthMethod::isMutualTls;
    Predicate<ClientAuthMethod> privateKey = ClientAuthMethod.PRIVATE_KEY_JWT::equals;
    Predicate<ClientAuthMethod> fitting =
        all.has(KEY_STORE)
            ? mutualTls
            : all.has(KEY_FILE) ? privateKey : mutualTls.or(privateKey).negate();
    return Stream.of(ClientAuthMethod.values())
        .filter(fitting)
        .map(ClientAuthMethod::registeredName)
        .toList();
  }

  private static boolean isUsable(IssuerOptions all) {
    try {
      ClientSecret password = ClientSecret.file(Path.of(all.value(PASSWORD_FILE)));
      Path file = Path.of(all.value(KEY_STORE));
      IntrospectionClient client =
          new IntrospectionClient(
              "client", ClientAuthMethod.TLS_CLIENT_AUTH, password, Optional.of(file));
      return client.keyStore().isPresent();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Says everything that does not fit; true if all does. */
  static boolean fit(String front, IssuerOptions options) {
    boolean fit = true;
    for (Rule rule : RULES) {
      if (rule.broken().test(options)) {
        options.refuse(front + rule.setting(), rule.setting(), rule.expectation());
        fit = false;
      }
    }
    return requireUse(front, options) && fit;
  }

  // A setting without effect is a mistake that somebody would find out too late.
  private static boolean requireUse(String front, IssuerOptions options) {
    boolean opaque = hasOpaque(options);
    boolean asked = opaque || options.has(TOOLS);
    List<String> idle =
        Stream.of(
                INTROSPECTION.stream().filter(one -> !asked || options.has(TOKEN_INFO)),
                Stream.of("introspection-cache").filter(one -> !asked),
                Stream.of(TOKEN_INFO).filter(one -> !opaque))
            .flatMap(some -> some)
            .filter(options::has)
            .toList();
    idle.forEach(
        setting ->
            options.refuse(
                front + setting,
                setting,
                opaque
                    ? "expected either introspection or tokeninfo-endpoint"
                    : "has no effect; needs tokens=opaque, tokens=any or introspected-tools"));
    return idle.isEmpty();
  }
}
