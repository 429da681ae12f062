package dev.countersign.mcpsdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.countersign.ResourceServer;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.oauth.AccessToken;
import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.Tokens;
import io.modelcontextprotocol.common.McpTransportContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

@Timeout(60)
class TransportAccessTokenTest {

  private static final String RESOURCE = "https://mcp.example.com/mcp";

  private final FakeAuthorizationServer authorizationServer = FakeAuthorizationServer.start();
  private final Tokens tokens = authorizationServer.tokens(RESOURCE);
  private final ResourceServer engine =
      ResourceServer.create(
          ResourceServerConfig.builder(RESOURCE)
              .authorizationServer(authorizationServer.issuer())
              .allowHttpOnLoopback()
              .build());

  @AfterEach
  void stop() {
    engine.close();
    authorizationServer.close();
  }

  private static String subject(McpTransportContext context) {
    return TransportAccessToken.current(context).subject();
  }

  private String token(int user) {
    return tokens.mint().subject("user-" + user).text();
  }

  @Test
  void N16_H34_twoHundredUsersOfSessionsAreNotMixedUp() throws Exception {
    try (SdkServer server = SdkServer.withSessions(engine, TransportAccessTokenTest::subject)) {
      SdkClient client = new SdkClient(server.uri());
      client.initialize(tokens.valid());
      everybodyIsWhoHeIs(
          user -> {
            String token = token(user);
            return client.whoami(token, Optional.of(client.initialize(token)));
          });
    }
  }

  @Test
  void N16_H34_twoHundredUsersWithoutSessionsAreNotMixedUp() throws Exception {
    try (SdkServer server = SdkServer.stateless(engine, TransportAccessTokenTest::subject)) {
      SdkClient client = new SdkClient(server.uri());
      client.whoami(tokens.valid(), Optional.empty());
      everybodyIsWhoHeIs(user -> client.whoami(token(user), Optional.empty()));
    }
  }

  private interface Asking {
    String whoami(int user) throws Exception;
  }

  private static void everybodyIsWhoHeIs(Asking asking) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        int user = i;
        answers.add(threads.submit(() -> asking.whoami(user)));
      }
      for (int i = 0; i < answers.size(); i++) {
        assertEquals("user-" + i, answers.get(i).get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void H34_theTokenIsThatOfTheRequestNotOfTheSession() throws Exception {
    try (SdkServer server =
        SdkServer.withSessions(
            engine, context -> TransportAccessToken.current(context).scope().toString())) {
      SdkClient client = new SdkClient(server.uri());
      String session = client.initialize(tokens.mint().scope("mcp:read").text());

      assertEquals(
          "mcp:read mcp:write",
          client.whoami(tokens.mint().scope("mcp:read mcp:write").text(), Optional.of(session)));
    }
  }

  @Test
  void N16_K05_theContextOfReactorCarriesTheTokenOverThreads() throws Exception {
    try (SdkServer server =
        SdkServer.stateless(engine, context -> fromReactor(context).subject())) {
      assertEquals("alice", new SdkClient(server.uri()).whoami(tokens.valid(), Optional.empty()));
    }
  }

  // As in docs/hardening.md.
  private static AccessToken fromReactor(McpTransportContext context) {
    Mono<AccessToken> user =
        Mono.deferContextual(view -> Mono.just(view.get(AccessToken.class)))
            .subscribeOn(Schedulers.parallel())
            .contextWrite(
                view -> view.put(AccessToken.class, TransportAccessToken.current(context)));
    return user.block();
  }

  @Test
  void saysWhyThereIsNoToken() {
    for (McpTransportContext context :
        List.of(
            McpTransportContext.EMPTY,
            McpTransportContext.create(Map.of(TransportAccessToken.KEY, "forged")))) {
      assertEquals(Optional.empty(), TransportAccessToken.find(context));
      assertEquals(
          "the transport context has no access token: make the transport with"
              + " contextExtractor(TransportAccessToken.extractor()), behind the"
              + " ResourceServerFilter",
          assertThrows(IllegalStateException.class, () -> TransportAccessToken.current(context))
              .getMessage());
    }
  }
}
