package dev.countersign.token;

import dev.countersign.internal.FormRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Signs requests to an authorization server with the credentials of this resource server. */
final class ClientAuthentication {

  private static final String ASSERTION_TYPE =
      "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  private static final long ASSERTION_SECONDS = 60;

  private final IntrospectionClient client;
  private final String issuer;
  private final SecureRandom random = new SecureRandom();
  private volatile Optional<ReadKey> last = Optional.empty();

  /** A key and the text it was read from. */
  private record ReadKey(String text, PrivateJwk key) {
    @Override
    public String toString() {
      return "a private key";
    }
  }

  ClientAuthentication(IntrospectionClient client, String issuer) {
    this.client = client;
    this.issuer = issuer;
  }

  /**
   * Adds the credentials to a request.
   *
   * @param parameters the form
   * @param fields the header fields
   * @param now the time
   * @throws GeneralSecurityException if the key cannot sign
   * @throws IllegalArgumentException if the file holds no key any more
   */
  void addTo(Map<String, String> parameters, Map<String, String> fields, Instant now)
      throws GeneralSecurityException {
    switch (client.method()) {
      case CLIENT_SECRET_BASIC -> fields.put("Authorization", basic());
      case CLIENT_SECRET_POST -> {
        parameters.put("client_id", client.id());
        parameters.put("client_secret", client.secret().text());
      }
      case PRIVATE_KEY_JWT -> {
        parameters.put("client_id", client.id());
        parameters.put("client_assertion_type", ASSERTION_TYPE);
        parameters.put("client_assertion", assertion(now));
      }
      // RFC 8705 section 2: the certificate is in the connection, and client_id is a must.
      case TLS_CLIENT_AUTH, SELF_SIGNED_TLS_CLIENT_AUTH -> parameters.put("client_id", client.id());
    }
  }

  // Both are form-encoded first (RFC 6749 section 2.3.1), so that a colon in the identifier cannot
  // end it.
  private String basic() {
    String pair =
        FormRequest.encode(client.id()) + ":" + FormRequest.encode(client.secret().text());
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
  }

  // RFC 7523 section 3. The audience is the issuer, which no other server takes for itself.
  private String assertion(Instant now) throws GeneralSecurityException {
    byte[] id = new byte[16];
    random.nextBytes(id);
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", client.id());
    claims.put("sub", client.id());
    claims.put("aud", issuer);
    claims.put("jti", HexFormat.of().formatHex(id));
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", now.getEpochSecond() + ASSERTION_SECONDS);
    return key().sign(claims);
  }

  // Reading a key takes longer than comparing its text.
  private PrivateJwk key() {
    String text = client.secret().text();
    ReadKey key =
        last.filter(known -> known.text().equals(text))
            .orElseGet(() -> new ReadKey(text, PrivateJwk.parse(text)));
    last = Optional.of(key);
    return key.key();
  }
}
