package dev.countersign.config;

import dev.countersign.token.ClientAuthMethod;
import dev.countersign.token.ClientSecret;
import dev.countersign.token.TokenFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which tokens an authorization server makes, and how it is asked about those that are opaque (RFC
 * 7662). At most one authorization server may have opaque tokens, because nothing in such a token
 * tells whom to ask. Not thread-safe.
 */
public final class IntrospectionBuilder {

  private static final Pattern TOOL_NAME = Pattern.compile("[\\x21-\\x7E]{1,128}");

  private final IssuerOptions options;

  IntrospectionBuilder(IssuerOptions options) {
    this.options = options;
  }

  /**
   * What its tokens are.
   *
   * @param format JWTs unless set
   * @return this builder
   */
  public IntrospectionBuilder tokens(TokenFormat format) {
    return tokens(format.id());
  }

  // Kept even if it is no format, so that what depends on it is not refused for its absence.
  IntrospectionBuilder tokens(String format) {
    options.put("tokens", format, to -> to.opaque.format = TokenFormat.parse(format));
    return this;
  }

  /**
   * Tools for whose calls it is asked about its JWTs as well, since they may have been revoked.
   *
   * @param names the exact names
   * @return this builder
   */
  public IntrospectionBuilder tools(Collection<String> names) {
    options.put(
        "introspected-tools", String.join(",", names), to -> to.opaque.tools = named(names));
    return this;
  }

  private static Set<String> named(Collection<String> names) {
    if (names.isEmpty() || !names.stream().allMatch(TOOL_NAME.asMatchPredicate())) {
      throw new IllegalArgumentException(
          "expected names of tools with commas between them: 1 to 128 visible ASCII characters"
              + " each");
    }
    return Set.copyOf(names);
  }

  /**
   * Where it is asked, instead of where its metadata says.
   *
   * @param url an absolute https URL
   * @return this builder
   */
  public IntrospectionBuilder endpoint(String url) {
    options.put(
        "introspection-endpoint",
        url,
        to -> to.opaque.endpoint = Optional.of(to.opaque.endpoint(url)));
    return this;
  }

  /**
   * As whom this server asks.
   *
   * @param id the client identifier that the authorization server has given to this server
   * @return this builder
   */
  public IntrospectionBuilder clientId(String id) {
    options.put("introspection-client-id", id, to -> to.opaque.clientId = to.opaque.clientId(id));
    return this;
  }

  /**
   * The secret of this server.
   *
   * @param text the secret, which no message and no {@code toString} shows
   * @return this builder
   */
  public IntrospectionBuilder clientSecret(String text) {
    options.put(
        "introspection-client-secret",
        Secrets.hidden(text),
        to -> to.opaque.secret = Optional.of(ClientSecret.of(text)));
    return this;
  }

  /**
   * The file with the secret of this server, read again whenever it is needed.
   *
   * @param file a file in UTF-8 with at most 16 KiB; line breaks at its end do not count
   * @return this builder
   */
  public IntrospectionBuilder clientSecretFile(String file) {
    options.put(
        "introspection-client-secret-file",
        file,
        to -> to.opaque.secret = Optional.of(ClientSecret.file(Path.of(file))));
    return this;
  }

  /**
   * The file with the private key of this server, read again whenever it is needed.
   *
   * @param file a file with one private JWK (RFC 7517), for {@code private_key_jwt}
   * @return this builder
   */
  public IntrospectionBuilder keyFile(String file) {
    options.put(
        "introspection-key-file",
        file,
        to -> to.opaque.key = Optional.of(to.opaque.key(Path.of(file))));
    return this;
  }

  /**
   * The key store with the certificate of this server, for mutual TLS (RFC 8705 section 2), and the
   * file with its password; both are read again whenever they are needed.
   *
   * @param pkcs12 a PKCS #12 file with one private key and its certificates
   * @param passwordFile a file in UTF-8 with the password; line breaks at its end do not count
   * @return this builder
   */
  public IntrospectionBuilder keyStore(String pkcs12, String passwordFile) {
    return keyStore(pkcs12).keyStorePasswordFile(passwordFile);
  }

  IntrospectionBuilder keyStore(String pkcs12) {
    options.put(
        "introspection-key-store", pkcs12, to -> to.opaque.keyStore = Optional.of(Path.of(pkcs12)));
    return this;
  }

  IntrospectionBuilder keyStorePasswordFile(String file) {
    options.put(
        "introspection-key-store-password-file",
        file,
        to -> to.opaque.keyStorePassword = Optional.of(ClientSecret.file(Path.of(file))));
    return this;
  }

  /**
   * How this server proves who it is.
   *
   * @param method {@code tls_client_auth} with a key store, {@code private_key_jwt} with a key and
   *     {@code client_secret_basic} with a secret, unless set
   * @return this builder
   */
  public IntrospectionBuilder authentication(ClientAuthMethod method) {
    options.put(
        "introspection-auth",
        method.registeredName(),
        to -> to.opaque.method = Optional.of(method));
    return this;
  }

  /**
   * Whether every answer must be signed (RFC 9701).
   *
   * @param required true to accept no other
   * @return this builder
   */
  public IntrospectionBuilder signed(boolean required) {
    options.put("introspection-signed", "" + required, to -> to.opaque.signed = required);
    return this;
  }

  /**
   * For how long an answer about a good token is relied on at most; a token that is revoked is
   * refused after that time.
   *
   * @param life zero to one minute, inclusive
   * @return this builder
   */
  public IntrospectionBuilder cache(Duration life) {
    options.put(
        "introspection-cache",
        life.toString(),
        to -> to.opaque.cacheLife = to.opaque.cacheLife(life));
    return this;
  }

  /**
   * Relaxation: a tokeninfo endpoint, as Google has one, instead of introspection. Its answers name
   * a client and no resource; the audience aliases say which clients are accepted.
   *
   * @param url an absolute https URL
   * @return this builder
   */
  public IntrospectionBuilder tokenInfoEndpoint(String url) {
    options.put(
        "tokeninfo-endpoint",
        url,
        to -> to.opaque.tokenInfo = Optional.of(to.opaque.tokenInfo(url)));
    return this;
  }
}
