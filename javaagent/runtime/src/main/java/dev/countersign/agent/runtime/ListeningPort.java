package dev.countersign.agent.runtime;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * A port that has begun to listen.
 *
 * @param address where
 * @param isRandom whether the system has chosen its number
 * @param socket what listens
 */
record ListeningPort(InetSocketAddress address, boolean isRandom, Closeable socket) {

  /** One that the agent has not seen open, and cannot close. */
  static ListeningPort openBefore(InetSocketAddress address) {
    return new ListeningPort(address, false, () -> {});
  }

  int number() {
    return address.getPort();
  }

  void close() throws IOException {
    socket.close();
  }

  /** Why it is closed, and what to do about that. */
  String unguarded(String why) {
    return "port "
        + number()
        + " is not guarded: "
        + why
        + "; if it is no MCP server, "
        + (isRandom
            // This number would be another one at the next start.
            ? "give it a fixed port in place of this random one, and name that in unguarded-ports"
            : "set unguarded-ports=" + number());
  }
}
