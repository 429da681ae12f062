package dev.countersign;

import dev.countersign.config.Binding;
import dev.countersign.config.ProtectedResource;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.http.BearerChallenge;
import dev.countersign.http.BearerChallengeBuilder;
import dev.countersign.http.Challenge;
import dev.countersign.http.ChallengeBuilder;
import dev.countersign.http.FieldLine;
import dev.countersign.http.Response;
import dev.countersign.internal.Json;
import dev.countersign.oauth.AuthScheme;
import dev.countersign.oauth.AuthenticationStrength;
import dev.countersign.oauth.BearerError;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.oauth.ResourceIdentifier;
import dev.countersign.oauth.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The response to a decision that is no grant. The same need always gets the same bytes: a client
 * stops trying when it sees a challenge for the second time.
 */
final class Answers {

  private static final FieldLine NO_STORE = new FieldLine("Cache-Control", "no-store");
  private static final FieldLine NO_SNIFF = new FieldLine("X-Content-Type-Options", "nosniff");
  private static final FieldLine ALLOW_POST = new FieldLine("Allow", "POST");
  private static final FieldLine RETRY_AFTER = new FieldLine("Retry-After", "5");
  private static final FieldLine NEXT_MINUTE = new FieldLine("Retry-After", "60");
  private static final String UNAVAILABLE = "The access token cannot be checked at the moment";

  private static final Set<String> ABOUT_ERROR = Set.of("error_description", "error_uri");

  // More needs than this come only from batches of many tools; they are answered without being
  // kept.
  private static final int MAX_PREPARED = 1024;

  private final boolean httpOnLoopback;
  private final String realm;
  private final String errorUri;
  private final Binding dpop;
  private final String dpopAlgorithms;
  private final Response unavailable;
  private final Map<Key, Response> prepared = new ConcurrentHashMap<>();

  Answers(ResourceServerConfig config) {
    this.httpOnLoopback = config.allowHttpOnLoopback();
    this.realm = config.realm();
    this.errorUri = config.errorUri();
    this.dpop = config.senderConstraints().dpop();
    this.dpopAlgorithms = String.join(" ", config.senderConstraints().announcedDpopAlgorithms());
    this.unavailable = response(503, 503, List.of(RETRY_AFTER), UNAVAILABLE, Map.of());
    for (ProtectedResource resource : config.resources()) {
      Arrays.stream(Denial.values())
          .filter(Denial::challenges)
          .map(why -> new Decision.Denied(why, resource.announced(), ""))
          .forEach(denied -> answer(Need.of(resource, denied, AuthScheme.BEARER)));
    }
  }

  /** Everything that an answer depends on. Two orders of the same scope-tokens are two answers. */
  private record Key(
      ResourceIdentifier resource,
      Denial why,
      String scope,
      AuthenticationStrength strength,
      AuthScheme used) {}

  private record Need(Key key, ProtectedResource resource, Scope scope) {

    static Need of(ProtectedResource resource, Decision.Denied denied, AuthScheme used) {
      Scope scope = denied.scope();
      Key key =
          new Key(resource.identifier(), denied.why(), scope.toString(), denied.strength(), used);
      return new Need(key, resource, scope);
    }

    Denial why() {
      return key.why();
    }

    AuthenticationStrength strength() {
      return key.strength();
    }
  }

  /** The answer to a request with this method and, if it had credentials, this scheme. */
  Response to(Decision decision, ProtectedResource resource, String method, AuthScheme used) {
    Response response =
        decision instanceof Decision.Denied denied
            ? answer(Need.of(resource, denied, used))
            : unavailable;
    return method.equals("HEAD") ? response.withoutBody() : response;
  }

  private Response answer(Need need) {
    Response known = prepared.get(need.key());
    if (known != null) {
      return known;
    }
    Response response = prepare(need);
    if (prepared.size() < MAX_PREPARED) {
      prepared.put(need.key(), response);
    }
    return response;
  }

  private Response prepare(Need need) {
    Denial why = need.why();
    if (!why.challenges()) {
      return response(why.status(), why.rpcCode(), beside(why), why.text(), Map.of());
    }
    List<FieldLine> challenges = new ArrayList<>();
    if (dpop != Binding.REQUIRED) {
      challenges.add(bearer(need, why.error().filter(error -> isForBearer(need))).fieldLine());
    }
    if (dpop != Binding.OFF) {
      Challenge proof = dpop(need, why.error().filter(error -> isForDpop(need)));
      challenges.add(new FieldLine("WWW-Authenticate", proof.toString()));
    }
    return response(why.status(), why.rpcCode(), challenges, why.text(), data(need));
  }

  private static List<FieldLine> beside(Denial why) {
    return switch (why) {
      case TOO_MANY_FAILURES, TOO_MANY_STREAMS -> List.of(NEXT_MINUTE);
      case BODY_MEMORY -> List.of(RETRY_AFTER);
      case METHOD_NOT_PUBLIC -> List.of(ALLOW_POST);
      default -> List.of();
    };
  }

  /** Whether the challenges of a denial are short enough to be sent. */
  boolean canSend(Decision.Denied denied, ProtectedResource resource) {
    try {
      for (AuthScheme used : AuthScheme.values()) {
        answer(Need.of(resource, denied, used));
      }
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The Bearer challenge to a denial that somebody else has decided on. */
  Challenge bearer(ProtectedResource resource, Denial why, Scope scope) {
    Need need = Need.of(resource, new Decision.Denied(why, scope, ""), AuthScheme.BEARER);
    return bearer(need, why.error()).challenge();
  }

  // The error stands with the scheme that was used (RFC 9449 section 7.2), with both if both were.
  private boolean isForBearer(Need need) {
    return dpop == Binding.OFF || need.why() == Denial.REPEATED_CREDENTIALS || !isForDpop(need);
  }

  private boolean isForDpop(Need need) {
    return dpop == Binding.REQUIRED
        || need.key().used() == AuthScheme.DPOP
        || need.why() == Denial.REPEATED_CREDENTIALS
        || need.why() == Denial.INVALID_DPOP_PROOF
        || need.why() == Denial.USE_DPOP_NONCE;
  }

  private Challenge dpop(Need need, Optional<BearerError> error) {
    ChallengeBuilder challenge = Challenge.builder(AuthScheme.DPOP.wireName());
    bearer(need, error)
        .challenge()
        .params()
        .forEach(
            (name, value) -> {
              if (!ABOUT_ERROR.contains(name)) {
                challenge.param(name, value);
              }
            });
    challenge.param("algs", dpopAlgorithms);
    if (error.isPresent()) {
      challenge.param("error_description", need.why().text());
      if (!errorUri.isEmpty()) {
        challenge.param("error_uri", errorUri);
      }
    }
    return challenge.build();
  }

  private BearerChallenge bearer(Need need, Optional<BearerError> error) {
    BearerChallengeBuilder challenge = BearerChallenge.builder().scope(need.scope().tokens());
    String url = need.resource().identifier().metadataUrl();
    if (httpOnLoopback) {
      challenge.resourceMetadataAllowingHttpOnLoopback(url);
    } else {
      challenge.resourceMetadata(url);
    }
    if (!realm.isEmpty()) {
      challenge.realm(realm);
    }
    challenge.acrValues(need.strength().acrValues());
    need.strength().maxAge().ifPresent(challenge::maxAge);
    if (error.isPresent()) {
      challenge.error(error.get().code()).errorDescription(need.why().text());
    }
    if (error.isPresent() && !errorUri.isEmpty()) {
      challenge.errorUri(errorUri);
    }
    return challenge.build();
  }

  private static Map<String, Object> data(Need need) {
    Map<String, Object> data = new LinkedHashMap<>();
    need.why().error().map(BearerError::code).ifPresent(code -> data.put("error", code));
    data.put("error_description", need.why().text());
    if (!need.scope().isEmpty()) {
      data.put("scope", need.scope().toString());
    }
    data.put("resource_metadata", need.resource().identifier().metadataUrl());
    if (!need.strength().acrValues().isEmpty()) {
      data.put("acr_values", String.join(" ", need.strength().acrValues()));
    }
    need.strength().maxAge().ifPresent(age -> data.put("max_age", age.toSeconds()));
    return data;
  }

  // One object that is a JSON-RPC error and carries the OAuth error as its data. The id is always
  // null: mostly the request was not read, and nothing that a client sent is ever sent back.
  private static Response response(
      int status, int rpcCode, List<FieldLine> first, String text, Map<String, Object> data) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("code", rpcCode);
    error.put("message", text);
    if (!data.isEmpty()) {
      error.put("data", data);
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("jsonrpc", "2.0");
    body.put("id", Json.NULL);
    body.put("error", error);
    List<FieldLine> fields = new ArrayList<>(first);
    Collections.addAll(fields, NO_STORE, NO_SNIFF);
    return Response.json(status, fields, Json.write(body));
  }
}
