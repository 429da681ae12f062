package dev.countersign;

import dev.countersign.config.ProtectedResource;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.http.BearerChallenge;
import dev.countersign.http.BearerChallengeBuilder;
import dev.countersign.http.FieldLine;
import dev.countersign.http.Response;
import dev.countersign.internal.Json;
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
import java.util.concurrent.ConcurrentHashMap;

/**
 * The response to a decision that is no grant. The same need always gets the same bytes: a client
 * stops trying when it sees a challenge for the second time.
 */
final class Answers {

  private static final FieldLine NO_STORE = new FieldLine("Cache-Control", "no-store");
  private static final FieldLine NO_SNIFF = new FieldLine("X-Content-Type-Options", "nosniff");
  private static final FieldLine RETRY_AFTER = new FieldLine("Retry-After", "5");
  private static final String UNAVAILABLE = "The access token cannot be checked at the moment";

  // More needs than this come only from batches of many tools; they are answered without being
  // kept.
  private static final int MAX_PREPARED = 1024;

  private final boolean httpOnLoopback;
  private final String realm;
  private final String errorUri;
  private final Response unavailable;
  private final Map<Key, Response> prepared = new ConcurrentHashMap<>();

  Answers(ResourceServerConfig config) {
    this.httpOnLoopback = config.allowHttpOnLoopback();
    this.realm = config.realm();
    this.errorUri = config.errorUri();
    this.unavailable = response(503, List.of(RETRY_AFTER), UNAVAILABLE, Map.of());
    for (ProtectedResource resource : config.resources()) {
      Arrays.stream(Denial.values())
          .filter(Denial::challenges)
          .forEach(why -> answer(Need.of(resource, why, resource.announced())));
    }
  }

  /** Everything that an answer depends on. Two orders of the same scope-tokens are two answers. */
  private record Key(ResourceIdentifier resource, Denial why, String scope) {}

  private record Need(Key key, ProtectedResource resource, Denial why, Scope scope) {

    static Need of(ProtectedResource resource, Denial why, Scope scope) {
      return new Need(new Key(resource.identifier(), why, scope.toString()), resource, why, scope);
    }
  }

  Response to(Decision decision, ProtectedResource resource, String method) {
    Response response =
        decision instanceof Decision.Denied denied
            ? answer(Need.of(resource, denied.why(), denied.scope()))
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
      return response(why.status(), List.of(), why.text(), Map.of());
    }
    FieldLine challenge = challenge(need).fieldLine();
    return response(why.status(), List.of(challenge), why.text(), data(need));
  }

  private BearerChallenge challenge(Need need) {
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
    Optional<BearerError> error = need.why().error();
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
    return data;
  }

  // One object that is a JSON-RPC error and carries the OAuth error as its data. The code is the
  // status: it lies
  // outside the range that JSON-RPC and MCP reserve, and the id is null because the request was not
  // read.
  private static Response response(
      int status, List<FieldLine> first, String text, Map<String, Object> data) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("code", status);
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
