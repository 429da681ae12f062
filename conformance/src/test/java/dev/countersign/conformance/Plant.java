package dev.countersign.conformance;

import dev.countersign.conformance.ReferenceServer.Fault;
import java.io.IOException;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A fault that one rule has to find. Immutable.
 *
 * @param rule ID and title of the rule
 * @param plain whether it is planted in a server with JWTs only, instead of one with everything
 * @param settings what is configured otherwise
 * @param fault what is done otherwise
 */
record Plant(String rule, boolean plain, Map<String, String> settings, Fault fault) {

  static final String METADATA = "/.well-known/oauth-protected-resource/mcp";
  static final Fault NONE = (request, server) -> server.good(request);

  static Plant breaking(String rule, Fault fault) {
    return new Plant(rule, false, Map.of(), fault);
  }

  static Plant setting(String rule, String key, String value) {
    return new Plant(rule, false, Map.of(key, value), NONE);
  }

  Plant inPlain() {
    return new Plant(rule, true, settings, fault);
  }

  /** Changes some requests before they are judged. */
  static Fault before(Predicate<Message> which, UnaryOperator<Message> change) {
    return (request, server) -> server.good(which.test(request) ? change.apply(request) : request);
  }

  /** Changes the answers to some requests. */
  static Fault after(Predicate<Message> which, UnaryOperator<Message> change) {
    return (request, server) -> {
      Message answer = server.good(request);
      return which.test(request) ? change.apply(answer) : answer;
    };
  }

  /** Changes some answers. */
  static Fault answers(Predicate<Message> which, UnaryOperator<Message> change) {
    return (request, server) -> {
      Message answer = server.good(request);
      return which.test(answer) ? change.apply(answer) : answer;
    };
  }

  /** Lets some requests in, whatever they carry. */
  static Fault admitting(Predicate<Message> which) {
    return (request, server) -> which.test(request) ? server.admit(request) : server.good(request);
  }

  /** Answers some requests with this status alone. */
  static Fault refusing(Predicate<Message> which, int status) {
    return (request, server) ->
        which.test(request) ? Message.answer(status, "{}") : server.good(request);
  }

  static boolean isMcp(Message request) {
    return request.path().equals("/mcp");
  }

  static boolean isAnonymous(Message request) {
    return isMcp(request) && !request.has("Authorization") && !request.has("Origin");
  }

  static boolean isInitialize(Message request) {
    return isAnonymous(request) && request.body().contains("\"initialize\"");
  }

  static boolean isMetadata(Message request) {
    return request.path().equals(METADATA);
  }

  static boolean bearer(Message request, String token) {
    return request.credentials("Bearer").filter(token::equals).isPresent();
  }

  /** The Bearer challenge in another form, and all others as they are. */
  static UnaryOperator<Message> challenge(String scheme, UnaryOperator<String> change) {
    return answer ->
        answer.edit(
            "WWW-Authenticate", value -> value.startsWith(scheme) ? change.apply(value) : value);
  }

  static UnaryOperator<Message> json(String from, String to) {
    return answer -> answer.body(answer.body().replace(from, to));
  }

  /** One more member of a JSON object. */
  static UnaryOperator<Message> member(String member) {
    return answer ->
        answer.body().isEmpty()
            ? answer
            : answer.body("{" + member + "," + answer.body().substring(1));
  }

  @Override
  public String toString() {
    return rule;
  }

  static String text(Rule rule) {
    return rule.id() + " " + rule.title();
  }

  interface Asking {
    boolean test(Message request, ReferenceServer server) throws IOException;
  }

  /** Lets some requests in, of which more has to be asked. */
  static Fault admittingIf(Asking which) {
    return (request, server) ->
        which.test(request, server) ? server.admit(request) : server.good(request);
  }
}
