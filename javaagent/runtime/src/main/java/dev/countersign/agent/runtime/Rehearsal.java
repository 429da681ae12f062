package dev.countersign.agent.runtime;

import dev.countersign.http.BearerChallenge;
import dev.countersign.mcp.AccessPolicy;
import dev.countersign.mcp.PolicyRules;
import dev.countersign.oauth.AuthenticationStrength;
import dev.countersign.oauth.ProtectedResourceMetadata;
import dev.countersign.oauth.ResourceIdentifier;
import dev.countersign.oauth.Scope;
import dev.countersign.token.TrustedIssuer;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * What the application's start waits for is done once before by another thread, with things that
 * mean nothing, so that the JVM has loaded and linked the agent's own classes when they are needed:
 * that is most of what they cost. It begins with what is needed last, because the agent itself
 * begins with the other end. Nothing depends on it.
 */
final class Rehearsal implements Runnable {

  private final Instrumentation instrumentation;

  private Rehearsal(Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
  }

  /** Begins, if there is a processor that the application does not need itself. */
  static void start(Instrumentation instrumentation) {
    if (Runtime.getRuntime().availableProcessors() > 1) {
      Thread thread =
          new Thread(null, new Rehearsal(instrumentation), "countersign-rehearse", 0, false);
      thread.setDaemon(true);
      thread.setContextClassLoader(Rehearsal.class.getClassLoader());
      thread.start();
    }
  }

  @Override
  public void run() {
    // Changes nothing.
    instrumentation.redefineModule(
        Object.class.getModule(), Set.of(), Map.of(), Map.of(), Set.of(), Map.of());
    try {
      perform();
    } catch (IOException e) {
      // A damaged jar; who needs the gate is told.
    }
  }

  static void perform() throws IOException {
    challenge();
    resource();
    CompletableFuture.completedFuture(true).join();
    // Of a server that is only to be seen nothing is demanded, so any class will do.
    Weaver.weave(GateDefinition.bytes(), List.of(HookPoint.MICRONAUT));
    Callers.current();
  }

  private static void resource() {
    TrustedIssuer issuer = TrustedIssuer.of("https://rehearsal.example");
    ProtectedResourceMetadata.builder(
            ResourceIdentifier.parse("https://rehearsal.example/mcp"), List.of(issuer.issuer()))
        .build();
    new AccessPolicy(PolicyRules.NONE, Scope.NONE, AuthenticationStrength.ANY, List.of());
  }

  // The settings are checked last of all by making challenges with them.
  private static void challenge() {
    BearerChallenge.builder()
        .resourceMetadata("https://rehearsal.example/")
        .error("invalid_token")
        .scope(List.of("rehearsal"))
        .errorDescription("rehearsal")
        .build();
  }
}
