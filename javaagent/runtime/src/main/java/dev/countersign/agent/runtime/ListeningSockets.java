package dev.countersign.agent.runtime;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.nio.channels.NetworkChannel;
import org.jspecify.annotations.Nullable;

/** Tells {@link Ports} about every socket that has begun to listen. */
public final class ListeningSockets implements Interceptor {

  private final Ports ports;

  /**
   * An interceptor.
   *
   * @param engine the engine
   */
  public ListeningSockets(Engine engine) {
    this.ports = engine.ports();
  }

  @Override
  public @Nullable Object intercept(Call call) throws IOException {
    Object socket = call.self(Object.class);
    if (addressOf(socket) instanceof InetSocketAddress address) {
      Closeable closeable = socket instanceof Closeable one ? one : () -> {};
      ports.opened(new ListeningPort(address, isRandom(call.arguments()[0]), closeable));
    }
    return null;
  }

  // The number of connections that wait, where Netty's native transports listen: it does not tell.
  private static boolean isRandom(@Nullable Object bound) {
    return bound == null || (bound instanceof InetSocketAddress asked && asked.getPort() == 0);
  }

  private static @Nullable SocketAddress addressOf(Object socket) throws IOException {
    if (socket instanceof NetworkChannel channel) {
      return channel.getLocalAddress();
    }
    if (socket instanceof ServerSocket server) {
      return server.getLocalSocketAddress();
    }
    try {
      // Netty's, whose types are the application's.
      return (SocketAddress) socket.getClass().getMethod("localAddress").invoke(socket);
    } catch (ReflectiveOperationException e) {
      throw new IOException("a native socket listens, and does not say where", e);
    }
  }
}
