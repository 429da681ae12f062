package dev.countersign.sample.authorizationserver;

import dev.countersign.http.BearerChallenge;
import dev.countersign.http.Challenges;
import dev.countersign.oauth.ProtectedResourceMetadata;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What a client does with a challenge: follows it to the metadata, logs in there with the scope and
 * the strength that it names, and tries again. Each scope it asks for replaces the one before.
 */
public final class LoginOnChallenge {

  private final List<String> challenges = new CopyOnWriteArrayList<>();
  private final Map<String, OAuthClient> clients = new ConcurrentHashMap<>();
  private volatile String accessToken = "";

  /**
   * A client of the MCP Java SDK that logs in whenever it is challenged.
   *
   * @param url the MCP server
   * @return the client, not yet initialized
   */
  public McpSyncClient client(String url) {
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

  /**
   * Every challenge so far.
   *
   * @return status and scope, and behind them the authentication contexts, if any
   */
  public List<String> challenges() {
    return List.copyOf(challenges);
  }

  private boolean login(int status, List<String> fields) {
    BearerChallenge challenge = BearerChallenge.from(Challenges.parse(fields).get(0));
    String scope = String.join(" ", challenge.scope());
    String acr = String.join(" ", challenge.acrValues());
    challenges.add((status + " " + scope + " " + acr).strip());
    try {
      accessToken = token(metadata(challenge.resourceMetadata().orElseThrow()), scope, acr);
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

  private String token(ProtectedResourceMetadata metadata, String scope, String acr)
      throws Exception {
    String server = metadata.authorizationServers().get(0);
    OAuthClient client = registered(server);
    Map<String, String> request = client.request(scope);
    request.put("resource", metadata.resource());
    if (!acr.isEmpty()) {
      request.put("acr_values", acr);
    }
    String code = new Browser(server).authorize(client.url(request)).get("code");
    Map<String, String> tokenRequest = client.tokenRequest(code);
    tokenRequest.put("resource", metadata.resource());
    return client.token(tokenRequest).get("access_token").toString();
  }

  // Once: a server binds a session to the client that began it.
  private OAuthClient registered(String server) throws Exception {
    OAuthClient client = clients.get(server);
    if (client == null) {
      client = new OAuthClient(server, "none");
      clients.put(server, client);
    }
    return client;
  }
}
