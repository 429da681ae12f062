package dev.countersign.it.repair;

import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.Tokens;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** A test with one offender. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
abstract class RepairedApplication {

  /** What clients get without a token. */
  static final String FIRST = "Bearer scope=\"mcp:read\", " + Offender.URL;

  /** How what they get for a bad token begins. */
  static final String BAD_TOKEN =
      "Bearer error=\"invalid_token\", scope=\"mcp:read\", " + Offender.URL + ", ";

  final FakeAuthorizationServer authorizationServer = FakeAuthorizationServer.start();
  final Tokens tokens = authorizationServer.tokens(Offender.RESOURCE);
  private Offender offender;

  abstract Offender.Security security();

  @BeforeAll
  void start() {
    offender = new Offender(authorizationServer, security());
  }

  @AfterAll
  void stop() {
    offender.close();
    authorizationServer.close();
  }

  final Offender offender() {
    return offender;
  }

  static RawRequest get() {
    return RawRequest.of("GET", "/mcp");
  }

  /** A good one: Spring Security wants this type. */
  final String good() {
    return tokens.mint().header("typ", "JWT").text();
  }
}
