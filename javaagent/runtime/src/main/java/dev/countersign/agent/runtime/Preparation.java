package dev.countersign.agent.runtime;

import dev.countersign.http.BearerChallenge;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * What does not depend on the settings is made by a thread of its own while the settings are read:
 * most machines have a second processor, and the application waits for both. What is left of the
 * time is for things that are only done so that their classes are there when they are needed.
 */
final class Preparation {

  private final FutureTask<byte[]> gate = new FutureTask<>(GateDefinition::bytes);
  private final FutureTask<HookPoints> servers = new FutureTask<>(() -> new HookPoints(false));

  private Preparation() {}

  /** Begins. */
  static Preparation start() {
    Preparation preparation = new Preparation();
    Thread thread = new Thread(null, preparation::run, "countersign-prepare", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(Preparation.class.getClassLoader());
    thread.start();
    return preparation;
  }

  private void run() {
    boolean aside = Runtime.getRuntime().availableProcessors() > 1;
    try {
      if (aside) {
        rehearseChecks();
      }
    } finally {
      // The agent waits for these, whatever becomes of a rehearsal.
      gate.run();
      servers.run();
    }
    if (aside) {
      rehearse();
    }
  }

  // The settings are checked last of all by making challenges with them.
  private static void rehearseChecks() {
    BearerChallenge.builder()
        .resourceMetadata("https://rehearsal.example/")
        .error("invalid_token")
        .scope(List.of("rehearsal"))
        .errorDescription("rehearsal")
        .build();
  }

  private void rehearse() {
    try {
      // Of a server that is only to be seen nothing is demanded, so any class will do.
      Weaver.weave(gate(), List.of(HookPoint.MICRONAUT));
    } catch (IOException e) {
      // Whoever needs the gate is told.
      return;
    }
    Ports.callers();
  }

  /**
   * The class file of the gate.
   *
   * @throws IOException if the agent's jar is damaged
   */
  byte[] gate() throws IOException {
    return made(gate);
  }

  /**
   * The hook points of servers.
   *
   * @throws IOException if the agent's jar is damaged
   */
  HookPoints servers() throws IOException {
    return made(servers);
  }

  private static <T> T made(FutureTask<T> task) throws IOException {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the agent starts", e);
    } catch (ExecutionException e) {
      throw new IOException("the agent cannot be prepared", e.getCause());
    }
  }
}
