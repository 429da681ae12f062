package dev.countersign.token;

import dev.countersign.internal.FetchResult;
import dev.countersign.internal.FetchResult.Failed;
import dev.countersign.internal.FetchResult.Fetched;
import dev.countersign.internal.FormRequest;
import dev.countersign.internal.FormSender;
import dev.countersign.internal.Json;
import dev.countersign.internal.JsonException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Asks an introspection endpoint (RFC 7662 section 2). */
final class IntrospectionQuery implements TokenQuery {

  private static final String JSON = "application/json";

  // What a server answers that does not let us ask (RFC 7662 section 2.3, RFC 6749 section 5.2).
  private static final Set<Integer> CREDENTIALS_REFUSED = Set.of(400, 401, 403);
  private static final Set<Integer> MOVED = Set.of(404, 405, 410);

  private final IntrospectionEndpoint endpoint;
  private final ClientAuthentication authentication;
  private final Optional<SignedAnswer> signed;
  private final FormSender sender;
  private final Consumer<String> alarm;

  /**
   * A query.
   *
   * @param endpoint where to ask
   * @param authentication as whom
   * @param signed what opens the answer; empty to ask for plain JSON
   * @param sender the way there
   * @param alarm is told when the server refuses our own credentials
   */
  IntrospectionQuery(
      IntrospectionEndpoint endpoint,
      ClientAuthentication authentication,
      Optional<SignedAnswer> signed,
      FormSender sender,
      Consumer<String> alarm) {
    this.endpoint = endpoint;
    this.authentication = authentication;
    this.signed = signed;
    this.sender = sender;
    this.alarm = alarm;
  }

  @Override
  public Reply ask(Question question) {
    Optional<URI> url = endpoint.find();
    if (url.isEmpty()) {
      return new Reply.Unclear(endpoint.problem());
    }
    FormRequest request;
    try {
      request = request(url.get(), question);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      String problem = "the key of introspection-key-file cannot sign";
      alarm.accept(problem);
      return new Reply.Unclear(problem);
    }
    FetchResult result = sender.post(request);
    return result instanceof Failed failed
        ? failed(url.get(), failed)
        : read(url.get(), (Fetched) result, question);
  }

  private FormRequest request(URI url, Question question) throws GeneralSecurityException {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("token", question.token());
    parameters.put("token_type_hint", "access_token");
    Map<String, String> fields = new LinkedHashMap<>();
    authentication.addTo(parameters, fields, question.now());
    String accept = signed.isPresent() ? SignedAnswer.MEDIA_TYPE : JSON;
    return new FormRequest(url, accept, parameters, fields);
  }

  private Reply failed(URI url, Failed failed) {
    boolean refused = CREDENTIALS_REFUSED.contains(failed.status());
    String problem = refused ? "we were refused (status " + failed.status() + ")" : "" + failed;
    String cause = "no answer about the token: " + url + ": " + problem;
    if (refused) {
      alarm.accept(cause + "; are introspection-client-id and its secret or key right?");
    }
    if (MOVED.contains(failed.status())) {
      endpoint.moved();
    }
    return new Reply.Unclear(cause, failed.retryAfter());
  }

  private Reply read(URI url, Fetched fetched, Question question) {
    try {
      Map<String, Object> answer =
          signed.isPresent()
              ? signed.get().open(fetched.body(), question.resource(), question.now())
              : Json.readObject(fetched.body(), Claims.LIMITS);
      return read(url, answer, fetched.body().length);
    } catch (JsonException | SignedAnswer.UnreliableException e) {
      return new Reply.Unclear("no usable answer: " + url + ": " + e.getMessage());
    }
  }

  // active is the one required member, a boolean (RFC 7662 section 2.2). Without it the token is
  // neither good nor bad.
  private static Reply read(URI url, Map<String, Object> answer, int bytes) {
    Object active = answer.get("active");
    if (Boolean.TRUE.equals(active)) {
      return new Reply.Active(new Claims(answer), bytes);
    }
    return Boolean.FALSE.equals(active)
        ? new Reply.Inactive()
        : new Reply.Unclear("no usable answer: " + url + ": active is missing or no boolean");
  }

  @Override
  public boolean isForResource(ClaimRules.Case one) {
    return AudienceRule.isFor(one);
  }

  @Override
  public List<String> requiredClaims() {
    return List.of();
  }
}
