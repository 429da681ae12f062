package dev.countersign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.config.ResourceServerConfig;
import dev.countersign.oauth.AccessToken;
import dev.countersign.oauth.BearerToken;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.ResourceIdentifier;
import dev.countersign.spi.Revocation;
import dev.countersign.spi.TokenValidator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReloadTest {

  private static final Revocation REVOKED =
      new Revocation(Revocation.Kind.SUBJECT, "https://id.example", "subject");

  private final ResourceServer engine = Engines.engine();

  @AfterEach
  void stop() {
    engine.close();
  }

  private static ResourceServerConfig needing(String scope) {
    return Engines.builder().requiredScopes(scope).build();
  }

  private static boolean admits(ResourceServer engine) throws IOException {
    return engine.admit(MemoryExchange.of("POST", "/mcp").bearer("good.mcp_read"));
  }

  private String challenge() {
    return Engines.challenge(MemoryExchange.of("POST", "/mcp").refusedBy(engine));
  }

  @Test
  void O09_aNewConfigurationHoldsFromTheNextRequestOn() throws IOException {
    assertTrue(admits(engine));

    assertTrue(engine.reload(() -> needing("mcp:admin")));

    assertFalse(admits(engine));
    assertTrue(challenge().contains("scope=\"mcp:admin\""), this::challenge);
    assertEquals("mcp:admin", engine.config().resources().get(0).required().toString());
    assertTrue(engine.reload(() -> needing("mcp:read")));
    assertTrue(admits(engine));
  }

  @Test
  void O09_SC9_AG18_aBadConfigurationChangesNothing() throws IOException {
    ResourceServerConfig before = engine.config();
    Supplier<ResourceServerConfig> bad =
        () -> Engines.builder().requiredScopes("mcp:admin").clockSkew(Duration.ofDays(1)).build();
    Supplier<ResourceServerConfig> broken =
        () -> {
          throw new UncheckedIOException(new IOException("the secret file-content"));
        };

    try (LogCapture log = new LogCapture()) {
      assertFalse(engine.reload(bad));
      assertFalse(engine.reload(broken));

      assertTrue(
          log.lines.toString().contains("the configuration stays as it is"),
          () -> log.lines.toString());
      assertTrue(log.lines.toString().contains("clock-skew"), () -> log.lines.toString());
      assertFalse(log.lines.toString().contains("file-content"), () -> log.lines.toString());
    }
    assertSame(before, engine.config());
    assertTrue(admits(engine));
    assertTrue(challenge().contains("scope=\"mcp:read\""));
  }

  @Test
  void O09_whatWasRevokedStaysRevoked() throws IOException {
    engine.revoke(REVOKED, Duration.ofHours(1));
    assertFalse(admits(engine));

    assertTrue(engine.reload(() -> needing("mcp:read")));

    assertFalse(admits(engine));
    engine.restore(REVOKED);
    assertTrue(admits(engine));
  }

  /** Lets nobody through before it is told to. */
  private static final class Waiting implements TokenValidator {

    final CountDownLatch asked = new CountDownLatch(1);
    final CountDownLatch release = new CountDownLatch(1);
    private final StubValidator stub = new StubValidator();

    @Override
    public Decision validate(BearerToken token, ResourceIdentifier resource) {
      asked.countDown();
      try {
        release.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return stub.validate(token, resource);
    }
  }

  @Test
  void O09_SC8_aRequestStaysWithTheConfigurationThatItBeganWith() throws Exception {
    Waiting waiting = new Waiting();
    engine.reload(
        () -> Engines.builder().requiredScopes("mcp:read").tokenValidator(waiting).build());
    CompletableFuture<Boolean> request =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return admits(engine);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    waiting.asked.await();

    assertTrue(engine.reload(() -> needing("mcp:admin")));
    assertFalse(admits(engine));
    waiting.release.countDown();

    assertTrue(request.get());
  }

  @Test
  void O09_theOldEngineEndsItsWorkAndClosingEndsTheNew() {
    StubValidator first = new StubValidator();
    StubValidator second = new StubValidator();
    ResourceServer reloaded = Engines.engine(config -> config.tokenValidator(first).jmx(true));

    reloaded.reload(() -> Engines.builder().tokenValidator(second).build());
    assertTrue(first.closed);
    assertFalse(second.closed);

    reloaded.close();
    assertTrue(second.closed);
  }

  // The new engine is made before it serves, and may first ask an authorization server.
  @Test
  void O09_whatIsRevokedMeanwhileStaysRevoked() {
    Clock clock = Clock.systemUTC();
    Revocations old = new Revocations(Optional.empty(), clock, List.of());
    Revocations made = old.under(Optional.empty(), clock, List.of());
    AccessToken token =
        ((Decision.Granted)
                new StubValidator()
                    .validate(
                        BearerToken.of("good.mcp_read"),
                        ResourceIdentifier.parse(Engines.RESOURCE)))
            .accessToken();
    assertEquals(Optional.empty(), made.find(token));

    old.add(REVOKED, Duration.ofHours(1));

    assertEquals(Optional.of("sub"), made.find(token));
  }

  @Test
  void O09_aSessionThatIsBegunMeanwhileIsKnown() {
    Sessions old = new Sessions(Optional.empty(), Duration.ofHours(1), Clock.systemUTC());
    Sessions made = old.under(Optional.empty(), Duration.ofHours(1));
    assertFalse(made.any());

    old.bind("session", Caller.NOBODY);

    assertTrue(made.any());
    assertEquals(Sessions.Standing.OWN, made.standing("session", Caller.NOBODY));
  }

  @Test
  void O09_aValidatorOfBothConfigurationsStaysOpen() {
    StubValidator both = new StubValidator();
    ResourceServer reloaded = Engines.engine(config -> config.tokenValidator(both));

    assertTrue(reloaded.reload(() -> Engines.builder().tokenValidator(both).build()));
    assertFalse(both.closed);

    reloaded.close();
    assertTrue(both.closed);
    assertFalse(reloaded.reload(() -> Engines.builder().tokenValidator(both).build()));
  }
}
