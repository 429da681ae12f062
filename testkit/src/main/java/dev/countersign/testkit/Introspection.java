package dev.countersign.testkit;

import dev.countersign.http.FieldLine;
import dev.countersign.http.Response;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * What the fake authorization server says about opaque tokens (RFC 7662). It wants credentials of
 * the resource server, whatever they are unless {@link #demand} says which, and says of a token
 * that it does not know that it is not active. Thread-safe.
 */
public final class Introspection {

  private static final Map<String, Object> INACTIVE = Map.of("active", false);
  private static final Duration LIFE = Duration.ofHours(1);

  private final Map<String, Map<String, Object>> answers = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();
  private final String issuer;
  private volatile Predicate<ReceivedRequest> credentials = Introspection::hasCredentials;

  Introspection(String issuer) {
    this.issuer = issuer;
  }

  /**
   * Makes a token that is active for an hour.
   *
   * @param audience the resource identifier that it is for
   * @param scope scope-tokens with spaces between them
   * @return the token, 43 characters
   */
  public String activeToken(String audience, String scope) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    answer(token, active(audience, scope));
    return token;
  }

  /**
   * What is said about a token that is active for an hour.
   *
   * @param audience the resource identifier that it is for
   * @param scope scope-tokens with spaces between them
   * @return the members, to be changed at will
   */
  public Map<String, Object> active(String audience, String scope) {
    long now = Instant.now().getEpochSecond();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("active", true);
    answer.put("iss", issuer);
    answer.put("sub", "user-1");
    answer.put("client_id", "client-1");
    answer.put("aud", audience);
    answer.put("scope", scope);
    answer.put("token_type", "Bearer");
    answer.put("iat", now);
    answer.put("exp", now + LIFE.toSeconds());
    return answer;
  }

  /**
   * Sets what is said about a token.
   *
   * @param token the token
   * @param answer the members of the answer
   */
  public void answer(String token, Map<String, Object> answer) {
    answers.put(token, Map.copyOf(answer));
  }

  /**
   * Revokes a token.
   *
   * @param token the token, which is not active from now on
   */
  public void revoke(String token) {
    answers.remove(token);
  }

  /**
   * Wants these credentials from now on (RFC 6749 section 2.3.1), in either form.
   *
   * @param client the client identifier of the resource server
   * @param secret its secret; both of characters that need no encoding in a form
   */
  public void demand(String client, String secret) {
    byte[] pair = (client + ":" + secret).getBytes(StandardCharsets.UTF_8);
    List<String> basic = List.of("Basic " + Base64.getEncoder().encodeToString(pair));
    credentials =
        request -> {
          Map<String, String> form = form(request.body());
          return request.values("Authorization").equals(basic)
              || (client.equals(form.get("client_id")) && secret.equals(form.get("client_secret")));
        };
  }

  /**
   * Whether a question about a token is one as RFC 7662 section 2.1 has it, with the credentials
   * that are wanted.
   *
   * @param request a request to the introspection endpoint
   * @return false if it would be refused, or names no token
   */
  public boolean isProper(ReceivedRequest request) {
    return isAuthenticated(request) && form(request.body()).containsKey("token");
  }

  private boolean isAuthenticated(ReceivedRequest request) {
    return request.method().equals("POST") && credentials.test(request);
  }

  private static boolean hasCredentials(ReceivedRequest request) {
    Map<String, String> form = form(request.body());
    return !request.values("Authorization").isEmpty()
        || form.containsKey("client_secret")
        || form.containsKey("client_assertion");
  }

  Response respond(ReceivedRequest request) {
    if (!isAuthenticated(request)) {
      return Response.json(
          401,
          List.of(new FieldLine("WWW-Authenticate", "Basic realm=\"introspection\"")),
          "{\"error\":\"invalid_client\"}");
    }
    String token = form(request.body()).getOrDefault("token", "");
    return Response.json(200, List.of(), StrictJson.write(answers.getOrDefault(token, INACTIVE)));
  }

  private static Map<String, String> form(String body) {
    Map<String, String> form = new LinkedHashMap<>();
    for (String pair : body.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      if (parts.length == 2) {
        form.put(decode(parts[0]), decode(parts[1]));
      }
    }
    return form;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
