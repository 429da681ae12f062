package dev.countersign.agent.runtime;

import dev.countersign.config.ResourceServerConfig;
import dev.countersign.spi.Exchange;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Judges every port that is opened in the JVM: whether a server that the agent knows opens it, and,
 * by a request through the loopback, whether that server really is held. Thread-safe.
 */
final class Ports {

  private static final String NETTY = "io.netty.";

  // More than the timeouts of a probe; whoever attaches waits for it.
  private static final long PATIENCE_SECONDS = 60;

  private final Set<ServerLine> woven = EnumSet.noneOf(ServerLine.class);
  private final Set<Integer> unguarded;
  private final FailureHandling failure;
  private final Probes probes;
  private final Consumer<InetSocketAddress> guarded;

  /**
   * Ports.
   *
   * @param guarded called on a thread that may block for every port whose guard is proven
   */
  Ports(ResourceServerConfig config, Consumer<InetSocketAddress> guarded) {
    this.guarded = guarded;
    this.unguarded = config.unguardedPorts();
    this.failure = FailureHandling.of(config.onStartupFailure());
    this.probes = new Probes(config.resources().get(0).identifier().metadataPath());
  }

  /** A class of a line was woven. */
  void woven(ServerLine line) {
    synchronized (woven) {
      woven.add(line);
    }
  }

  /**
   * A port was opened by the calling thread.
   *
   * @throws IOException if it is not to be served; it is closed then
   */
  void opened(ListeningPort port) throws IOException {
    if (unguarded.contains(port.number())) {
      return;
    }
    Callers callers = Callers.current();
    Optional<ServerLine> line = lineOf(callers);
    if (line.isPresent()) {
      probes.begin(port.address(), outcome -> judge(port, line.get(), outcome));
    } else if (!callers.isOwn()) {
      String message =
          refuse(port, "no server that the agent knows opens it, but " + callers.opener());
      throw new BindException("closed by the Countersign agent: " + message);
    }
  }

  /**
   * Ports that were open before there was an agent. They cannot be closed any more.
   *
   * @return a sentence for each that answers without asking the agent
   */
  List<String> openBefore(List<InetSocketAddress> addresses) {
    Map<InetSocketAddress, CompletableFuture<Probes.Outcome>> outcomes = new LinkedHashMap<>();
    for (InetSocketAddress address : addresses) {
      if (!unguarded.contains(address.getPort())) {
        outcomes.put(address, ask(address));
      }
    }
    List<String> open = new ArrayList<>();
    outcomes.forEach(
        (address, outcome) -> {
          if (outcome.join() == Probes.Outcome.UNGUARDED) {
            open.add(
                ListeningPort.openBefore(address)
                    .unguarded("it was open before, and answers without asking the agent"));
          }
        });
    return open;
  }

  private CompletableFuture<Probes.Outcome> ask(InetSocketAddress address) {
    CompletableFuture<Probes.Outcome> told = new CompletableFuture<>();
    probes.begin(
        address,
        outcome -> {
          told.complete(outcome);
          if (outcome != Probes.Outcome.UNGUARDED) {
            report(address, "open before", outcome);
          }
        });
    return told.completeOnTimeout(Probes.Outcome.NO_HTTP, PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private Optional<ServerLine> lineOf(Callers callers) {
    synchronized (woven) {
      for (String name : callers.classes()) {
        for (ServerLine line : ServerLine.values()) {
          if (opens(line, name)) {
            return Optional.of(line);
          }
        }
      }
      return Optional.empty();
    }
  }

  // What Netty opens is known only if a server over Netty is.
  private boolean opens(ServerLine line, String className) {
    for (String prefix : line.packages()) {
      if (className.startsWith(prefix) && (!prefix.equals(NETTY) || woven.contains(line))) {
        return true;
      }
    }
    return false;
  }

  private String refuse(ListeningPort port, String why) throws IOException {
    port.close();
    String message = port.unguarded(why);
    failure.handle(message);
    return message;
  }

  private void judge(ListeningPort port, ServerLine line, Probes.Outcome outcome) {
    if (outcome != Probes.Outcome.UNGUARDED) {
      report(port.address(), line.title(), outcome);
      return;
    }
    try {
      refuse(port, line.title() + " has answered without asking the agent");
    } catch (IOException e) {
      failure.handle(
          "port " + port.number() + " (" + line.title() + ") is not guarded and cannot be closed");
    }
  }

  private void report(InetSocketAddress address, String what, Probes.Outcome outcome) {
    Logger log = System.getLogger("dev.countersign.agent");
    String port = "port " + address.getPort() + " (" + what + ")";
    if (outcome == Probes.Outcome.GUARDED) {
      log.log(Level.INFO, port + " is guarded");
      guarded.accept(Probes.reachable(address));
    } else {
      log.log(Level.WARNING, port + " has not answered in HTTP, so its guard is not proven");
    }
  }

  /** Whether a request is one of the probes, which only a guard can know. */
  void judged(Exchange exchange) {
    probes.judged(exchange);
  }
}
