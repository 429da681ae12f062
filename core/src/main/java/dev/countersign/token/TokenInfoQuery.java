package dev.countersign.token;

import dev.countersign.internal.FetchResult;
import dev.countersign.internal.FetchResult.Failed;
import dev.countersign.internal.FetchResult.Fetched;
import dev.countersign.internal.FormRequest;
import dev.countersign.internal.FormSender;
import dev.countersign.internal.Json;
import dev.countersign.internal.JsonException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Asks a tokeninfo endpoint, as Google has one: the token is posted in {@code access_token},
 * without credentials of our own, and an unknown token is answered with 400. Such tokens name the
 * client that got them and no resource, so that only the listed clients are accepted.
 */
final class TokenInfoQuery implements TokenQuery {

  private static final Pattern DIGITS = Pattern.compile("\\d{1,12}");

  // Without the scope openid nothing is said about the user, and all users of a client would be
  // one.
  private static final List<String> REQUIRED = List.of("exp", "sub");

  private final URI endpoint;
  private final FormSender sender;

  /**
   * A query.
   *
   * @param endpoint where to ask
   * @param sender the way there
   */
  TokenInfoQuery(URI endpoint, FormSender sender) {
    this.endpoint = endpoint;
    this.sender = sender;
  }

  // In the body and never in the URL, which servers log.
  @Override
  public Reply ask(Question question) {
    FetchResult result =
        sender.post(
            new FormRequest(
                endpoint, "application/json", Map.of("access_token", question.token()), Map.of()));
    if (result instanceof Failed failed) {
      return failed.status() == 400
          ? new Reply.Inactive()
          : new Reply.Unclear(
              "no answer about the token: " + endpoint + ": " + failed, failed.retryAfter());
    }
    byte[] body = ((Fetched) result).body();
    try {
      return read(Json.readObject(body, Claims.LIMITS), question, body.length);
    } catch (JsonException e) {
      return new Reply.Unclear("no usable answer: " + endpoint + ": " + e.getMessage());
    }
  }

  private static Reply read(Map<String, Object> answer, Question question, int bytes) {
    if (answer.containsKey("error")) {
      return new Reply.Inactive();
    }
    Map<String, Object> claims = new LinkedHashMap<>(answer);
    claims.replaceAll((name, value) -> name.equals("exp") ? seconds(value) : value);
    Object life = seconds(claims.getOrDefault("expires_in", Json.NULL));
    if (life instanceof Long seconds) {
      claims.putIfAbsent("exp", question.now().getEpochSecond() + seconds);
    }
    Object client = claims.get("azp") == null ? claims.get("aud") : claims.get("azp");
    if (client != null) {
      claims.put("client_id", client);
    }
    return new Reply.Active(new Claims(claims), bytes);
  }

  // Times are strings of digits here.
  private static Object seconds(Object value) {
    return value instanceof String text && DIGITS.matcher(text).matches()
        ? (Object) Long.valueOf(text)
        : value;
  }

  @Override
  public boolean isForResource(ClaimRules.Case one) {
    List<String> audience = one.claims().texts("aud");
    List<String> client = one.claims().texts("azp");
    return !audience.isEmpty()
        && one.issuer().audienceAliases().containsAll(audience)
        && one.issuer().audienceAliases().containsAll(client)
        && AudienceRule.hasSecondTie(one);
  }

  @Override
  public List<String> requiredClaims() {
    return REQUIRED;
  }
}
