package dev.countersign.conformance;

import static dev.countersign.conformance.Plant.admitting;
import static dev.countersign.conformance.Plant.answers;
import static dev.countersign.conformance.Plant.breaking;

import dev.countersign.conformance.ReferenceServer.Fault;
import dev.countersign.internal.Json;
import dev.countersign.internal.JsonException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What can be wrong about tokens that the authorization server is asked about. */
final class OpaquePlants {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String OTHER = "https://other.example/mcp";

  private OpaquePlants() {}

  static List<Plant> all() {
    return List.of(
        breaking("I04 an active token is admitted", OpaquePlants::refused),
        asking("I01 the question is a form with the token", request -> request.GET()),
        asking(
            "I02 the question has credentials",
            request ->
                request
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString("token=x"))),
        taken(
            "I04 a token that is not active is refused",
            one -> Boolean.FALSE.equals(one.get("active"))),
        taken("I06 a token for another resource is refused", one -> OTHER.equals(one.get("aud"))),
        taken(
            "I06 a token for no resource is refused",
            one -> one.containsKey("iss") && !one.containsKey("aud")),
        taken("I07 exp counts although it is active", one -> ahead(one, "exp") < -60),
        taken("I07 nbf counts although it is active", one -> ahead(one, "nbf") > 60),
        taken(
            "I07 iss counts although it is active",
            one -> "https://id.other.example".equals(one.get("iss"))),
        taken("I11 a bound token is refused without proof", one -> one.containsKey("cnf")),
        breaking(
            "D18 an opaque token may be bound",
            Plant.refusing(
                one -> one.credentials("DPoP").filter(OpaquePlants::isOpaque).isPresent(), 401)),
        taken(
            "I05 only the boolean true is active",
            one -> !one.isEmpty() && !(one.get("active") instanceof Boolean)),
        breaking("J01 what cannot be checked is not admitted", outage(200)),
        breaking("I10 what cannot be checked is 503", outage(401)),
        breaking(
            "S21 that 503 begins no login",
            answers(
                one -> one.status() == 503,
                one -> one.with("WWW-Authenticate", "Bearer scope=\"mcp:read\""))),
        asking("J52 no JWT: refused without a question", request -> request.GET()).inPlain(),
        breaking(
                "T19 without DPoP its scheme is unknown",
                admitting(one -> one.credentials("DPoP").isPresent()))
            .inPlain());
  }

  private static Fault outage(int status) {
    return answers(one -> one.status() == 503, one -> one.status(status));
  }

  /** An opaque token of the authorization server, or of nobody. */
  private static boolean isOpaque(String token) {
    return token.length() >= 36 && token.length() <= 43 && !token.contains(".");
  }

  private static Plant taken(String rule, Predicate<Map<String, Object>> which) {
    return breaking(
        rule,
        Plant.admittingIf(
            (request, server) ->
                request.credentials("Bearer").filter(OpaquePlants::isOpaque).isPresent()
                    && which.test(answer(request, server))));
  }

  private static Message refused(Message request, ReferenceServer server) throws IOException {
    boolean opaque = request.credentials("Bearer").filter(OpaquePlants::isOpaque).isPresent();
    return server.good(opaque ? request.set("Authorization", "Bearer not-a-token") : request);
  }

  /** What the authorization server says about the token. */
  private static Map<String, Object> answer(Message request, ReferenceServer server)
      throws IOException {
    String token = request.credentials("Bearer").orElseThrow();
    HttpResponse<byte[]> response =
        send(
            HttpRequest.newBuilder(endpoint(server))
                .header("Authorization", "Basic Y29udHJhY3Q6YSBzZWNyZXQ=")
                .POST(BodyPublishers.ofString("token=" + token)));
    try {
      return response.statusCode() == 200
          ? Json.readObject(response.body(), Json.Limits.DOCUMENT)
          : Map.of();
    } catch (JsonException e) {
      return Map.of();
    }
  }

  private static URI endpoint(ReferenceServer server) {
    return URI.create(server.issuer().issuer() + "/introspect");
  }

  /** Asks once more, in another way. */
  private static Plant asking(
      String rule, java.util.function.UnaryOperator<HttpRequest.Builder> way) {
    return breaking(
        rule,
        (request, server) -> {
          if (request.credentials("Bearer").filter(OpaquePlants::isOpaque).isPresent()) {
            send(way.apply(HttpRequest.newBuilder(endpoint(server))));
          }
          return server.good(request);
        });
  }

  private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException {
    try {
      return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static long ahead(Map<String, Object> answer, String member) {
    return answer.get(member) instanceof Number time
        ? time.longValue() - Instant.now().getEpochSecond()
        : 0;
  }
}
