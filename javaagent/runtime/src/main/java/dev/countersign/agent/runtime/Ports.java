package dev.countersign.agent.runtime;

import dev.countersign.config.ResourceServerConfig;
import dev.countersign.spi.Exchange;
import java.io.Closeable;
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

  // Ports of the JDK's own: management, and the pipes of some operating systems. And the one that
  // Open Liberty's script stops it by, which asks for a secret from the server's directory.
  private static final List<String> OWN =
      List.of(
          "sun.rmi.",
          "sun.management.",
          "jdk.internal.agent.",
          "sun.nio.ch.PipeImpl",
          "com.ibm.ws.kernel.launch.internal.ServerCommandListener");

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
  void opened(InetSocketAddress address, Closeable socket) throws IOException {
    if (unguarded.contains(address.getPort())) {
      return;
    }
    List<String> stack = callers();
    Optional<ServerLine> line = lineOf(stack);
    if (line.isPresent()) {
      probes.begin(address, outcome -> judge(address, line.get(), outcome, socket));
    } else if (!isOwn(stack)) {
      refuse(address, "no server that the agent knows opens it", socket);
      throw new BindException("the Countersign agent does not let an unknown server listen");
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
            open.add(remedy(address, "it was open before, and answers without asking the agent"));
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

  /** The classes whose methods the calling thread is in, from the inner to the outer ones. */
  static List<String> callers() {
    List<String> names = new ArrayList<>();
    StackWalker.getInstance().forEach(frame -> names.add(frame.getClassName()));
    return names;
  }

  private Optional<ServerLine> lineOf(List<String> stack) {
    synchronized (woven) {
      for (String name : stack) {
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

  private static boolean isOwn(List<String> stack) {
    return stack.stream().anyMatch(name -> OWN.stream().anyMatch(name::startsWith));
  }

  private void refuse(InetSocketAddress address, String why, Closeable socket) throws IOException {
    socket.close();
    failure.handle(remedy(address, why));
  }

  private static String remedy(InetSocketAddress address, String why) {
    return "port "
        + address.getPort()
        + " is not guarded: "
        + why
        + "; if it is no MCP server, set unguarded-ports="
        + address.getPort();
  }

  private void judge(
      InetSocketAddress address, ServerLine line, Probes.Outcome outcome, Closeable socket) {
    if (outcome != Probes.Outcome.UNGUARDED) {
      report(address, line.title(), outcome);
      return;
    }
    try {
      refuse(address, line.title() + " has answered without asking the agent", socket);
    } catch (IOException e) {
      failure.handle(
          "port "
              + address.getPort()
              + " ("
              + line.title()
              + ") is not guarded and cannot be closed");
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
