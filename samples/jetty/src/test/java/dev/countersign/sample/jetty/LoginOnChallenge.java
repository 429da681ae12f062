package dev.countersign.sample.jetty;

import dev.countersign.http.BearerChallenge;
import dev.countersign.http.Challenges;
import dev.countersign.oauth.ProtectedResourceMetadata;
import dev.countersign.sample.authorizationserver.Browser;
import dev.countersign.sample.authorizationserver.OAuthClient;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.customizer.McpHttpClientTransportAuthorizationErrorHandler;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What a client does with a challenge: follows it to the metadata, logs in there, and tries again.
 */
final class LoginOnChallenge {

  private final List<String> challenges = new CopyOnWriteArrayList<>();
  private volatile String accessToken = "";

  McpSyncClient client(String url) {
    URI uri = URI.create(url);
    return McpClient.sync(
            HttpClientStreamableHttpTransport.builder(uri.resolve("/").toString())
                .endpoint(uri.getPath())
                .addHttpRequestCustomizer(
                    (request, method, target, body, context) -> authorize(request))
                .authorizationErrorHandler(
                    McpHttpClientTransportAuthorizationErrorHandler.fromSync(
                        (request, response, context) ->
                            login(
                                response.statusCode(),
                                response.headers().allValues("WWW-Authenticate"))))
                .build())
        .build();
  }

  private void authorize(HttpRequest.Builder request) {
    if (!accessToken.isEmpty()) {
      request.setHeader("Authorization", "Bearer " + accessToken);
    }
  }

  /** Every challenge so far, as its status and its scope. */
  List<String> challenges() {
    return List.copyOf(challenges);
  }

  private boolean login(int status, List<String> fields) {
    BearerChallenge challenge = BearerChallenge.from(Challenges.parse(fields).get(0));
    String scope = String.join(" ", challenge.scope());
    challenges.add(status + " " + scope);
    try {
      accessToken = token(metadata(challenge.resourceMetadata().orElseThrow()), scope);
      return true;
    } catch (Exception e) {
      throw new IllegalStateException("the login failed", e);
    }
  }

  private static ProtectedResourceMetadata metadata(URI url) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(url).build();
    String document = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    return ProtectedResourceMetadata.parse(document);
  }

  private static String token(ProtectedResourceMetadata metadata, String scope) throws Exception {
    String server = metadata.authorizationServers().get(0);
    OAuthClient client = new OAuthClient(server, "none");
    Map<String, String> request = client.request(scope);
    request.put("resource", metadata.resource());
    String code = new Browser(server).authorize(client.url(request)).get("code");
    Map<String, String> tokenRequest = client.tokenRequest(code);
    tokenRequest.put("resource", metadata.resource());
    return client.token(tokenRequest).get("access_token").toString();
  }
}
