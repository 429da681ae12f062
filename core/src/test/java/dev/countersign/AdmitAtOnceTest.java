package dev.countersign;

import static dev.countersign.Engines.engine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.config.ConfigBuilder;
import dev.countersign.config.Mode;
import dev.countersign.oauth.BearerToken;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.oauth.ResourceIdentifier;
import dev.countersign.spi.InMemorySharedStore;
import dev.countersign.spi.Revocation;
import dev.countersign.spi.TokenValidator;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What an event loop may answer itself, and what it must leave to another thread. */
class AdmitAtOnceTest {

  private static final Optional<Boolean> LEFT = Optional.empty();
  private static final Optional<Boolean> ADMITTED = Optional.of(true);
  private static final Optional<Boolean> ANSWERED = Optional.of(false);

  /** Knows the tokens that it has judged. */
  private static final class Remembering implements TokenValidator {

    private final StubValidator stub = new StubValidator();
    private final Set<String> judged = new HashSet<>();

    @Override
    public Decision validate(BearerToken token, ResourceIdentifier resource) {
      judged.add(token.text());
      return stub.validate(token, resource);
    }

    @Override
    public Optional<Decision> known(BearerToken token, ResourceIdentifier resource) {
      return judged.contains(token.text())
          ? Optional.of(stub.validate(token, resource))
          : Optional.empty();
    }
  }

  private final Remembering validator = new Remembering();

  private ResourceServer remembering(Consumer<ConfigBuilder> more) {
    return engine(
        config -> {
          config.tokenValidator(validator);
          more.accept(config);
        });
  }

  private static Optional<Boolean> atOnce(ResourceServer engine, MemoryExchange exchange) {
    try {
      return engine.admitAtOnce(exchange);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static MemoryExchange post() {
    return MemoryExchange.of("POST", "/mcp");
  }

  @Test
  void answersWhatHasNoToken() {
    ResourceServer engine = engine();

    assertEquals(ANSWERED, atOnce(engine, post()));
    assertEquals(ANSWERED, atOnce(engine, post().field("Authorization", "Bearer a b")));
    assertEquals(ANSWERED, atOnce(engine, MemoryExchange.of("GET", metadata())));
  }

  private static String metadata() {
    return "/.well-known/oauth-protected-resource/mcp";
  }

  @Test
  void leavesATokenThatNobodyHasJudged() {
    MemoryExchange exchange = post().bearer("good.mcp_read");

    assertEquals(LEFT, atOnce(remembering(config -> {}), exchange));
    assertTrue(validator.judged.isEmpty());
    assertThrows(AssertionError.class, exchange::admission);
  }

  @Test
  void leavesEveryTokenToAValidatorThatRemembersNothing() {
    ResourceServer engine = engine();

    assertTrue(post().bearer("good.mcp_read").admittedBy(engine));
    assertEquals(LEFT, atOnce(engine, post().bearer("good.mcp_read")));
  }

  @Test
  void decidesAboutAKnownToken() {
    ResourceServer engine = remembering(config -> {});
    for (String token : List.of("good.mcp_read", "good", Denial.EXPIRED.name())) {
      post().bearer(token).admittedBy(engine);
    }

    assertEquals(ADMITTED, atOnce(engine, post().bearer("good.mcp_read")));
    assertEquals(ANSWERED, atOnce(engine, post().bearer("good")));
    assertEquals(ANSWERED, atOnce(engine, post().bearer(Denial.EXPIRED.name())));
  }

  @Test
  void leavesWhatHasABodyToRead() {
    ResourceServer engine = remembering(config -> config.toolScope("delete", "mcp:write"));
    post().bearer("good.mcp_read").json("{}").admittedBy(engine);

    MemoryExchange call = post().bearer("good.mcp_read").json("{}");
    assertEquals(LEFT, atOnce(engine, call));
    assertEquals(0, call.bodyReads);
    assertEquals(
        ADMITTED, atOnce(engine, MemoryExchange.of("GET", "/mcp").bearer("good.mcp_read")));
    assertEquals(ANSWERED, atOnce(engine, post().json("{}")));
  }

  @Test
  void leavesAKnownTokenToTheStoreOfAllNodes() {
    ResourceServer engine =
        remembering(config -> config.sharedStore(InMemorySharedStore.create(new SettableClock())));
    post().bearer("good.mcp_read").admittedBy(engine);

    assertEquals(LEFT, atOnce(engine, post().bearer("good.mcp_read")));
  }

  @Test
  void leavesAKnownTokenToAListOfTheApplication() {
    ResourceServer engine = remembering(config -> config.revocations(token -> false));
    post().bearer("good.mcp_read").admittedBy(engine);

    assertEquals(LEFT, atOnce(engine, post().bearer("good.mcp_read")));
  }

  @Test
  void refusesAKnownTokenThatWasRevoked() {
    ResourceServer engine = remembering(config -> {});
    post().bearer("good.mcp_read").admittedBy(engine);
    engine.revoke(
        new Revocation(Revocation.Kind.SUBJECT, "https://id.example", "subject"),
        Duration.ofHours(1));

    assertEquals(ANSWERED, atOnce(engine, post().bearer("good.mcp_read")));
  }

  @Test
  void leavesADocumentThatHasToBeFetched() {
    ResourceServer engine = remembering(config -> config.legacyAsMirror(true));

    assertEquals(
        LEFT, atOnce(engine, MemoryExchange.of("GET", "/.well-known/oauth-authorization-server")));
    assertEquals(ANSWERED, atOnce(engine, MemoryExchange.of("GET", metadata())));
  }

  @Test
  void admitsWhatAnotherModeAdmits() {
    ResourceServer repair = remembering(config -> config.mode(Mode.REPAIR));
    ResourceServer report = remembering(config -> config.mode(Mode.REPORT_ONLY));

    assertEquals(ADMITTED, atOnce(repair, post().bearer("good.mcp_read")));
    assertEquals(ADMITTED, atOnce(report, post()));
    assertEquals(LEFT, atOnce(report, post().bearer("good.mcp_read")));
  }
}
