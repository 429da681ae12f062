package dev.countersign.agent.runtime;

import dev.countersign.spi.Exchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Requests to the JVM's own ports, each with a number that nobody else knows: a guard that sees it
 * stands in front of that port. Thread-safe.
 */
final class Probes {

  /** What is known of a port now. */
  enum Outcome {
    /** A guard has seen the request. */
    GUARDED,
    /** There was an answer, and no guard has seen the request. */
    UNGUARDED,
    /** There was no answer that means anything. */
    NO_HTTP
  }

  static final String FIELD = "Countersign-Probe";

  private final String path;
  private final Map<String, Boolean> pending = new ConcurrentHashMap<>();

  /**
   * Probes.
   *
   * @param path a path that a guard answers by itself
   */
  Probes(String path) {
    this.path = path;
  }

  void begin(InetSocketAddress address, Consumer<Outcome> then) {
    Thread thread =
        new Thread(null, () -> then.accept(probe(address)), "countersign-probe", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(Probes.class.getClassLoader());
    thread.start();
  }

  private Outcome probe(InetSocketAddress address) {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    String number = HexFormat.of().formatHex(random);
    pending.put(number, false);
    try {
      for (ProbeProtocol protocol : ProbeProtocol.values()) {
        boolean answered = false;
        for (Transport transport : Transport.values()) {
          answered |= isAnswered(transport, protocol, address, number);
          if (Boolean.TRUE.equals(pending.get(number))) {
            return Outcome.GUARDED;
          }
        }
        if (answered) {
          return Outcome.UNGUARDED;
        }
      }
      return Outcome.NO_HTTP;
    } finally {
      pending.remove(number);
    }
  }

  /** Where a port that is open on this address can be called from here. */
  static InetSocketAddress reachable(InetSocketAddress address) {
    InetAddress host = address.getAddress();
    InetAddress to = host.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : host;
    return new InetSocketAddress(to, address.getPort());
  }

  private boolean isAnswered(
      Transport transport, ProbeProtocol protocol, InetSocketAddress address, String number) {
    byte[] request = protocol.get(transport == Transport.TLS, path, FIELD, number);
    try (Socket socket = transport.connect(reachable(address), protocol.alpn())) {
      socket.getOutputStream().write(request);
      return protocol.isAnswered(socket.getInputStream());
    } catch (IOException e) {
      return false;
    }
  }

  /** Called for every request that a guard judges. */
  void judged(Exchange exchange) {
    if (!pending.isEmpty()) {
      for (String number : exchange.headers(FIELD)) {
        pending.replace(number, true);
      }
    }
  }
}
