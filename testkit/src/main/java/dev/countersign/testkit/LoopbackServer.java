package dev.countersign.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A server of HTTP/1.1 that hands out its connections, which no proper server does: a fault has to
 * reset, to cut off, or to send what is not HTTP.
 */
final class LoopbackServer implements AutoCloseable {

  /** Answers one request. */
  @FunctionalInterface
  interface Handler {
    void answer(ReceivedRequest request, Wire wire) throws IOException, InterruptedException;
  }

  /** What comes before the first request of a connection. */
  @FunctionalInterface
  interface Handshake {
    Socket on(Socket socket) throws IOException;
  }

  private final ServerSocket listening;
  private final Handshake handshake;
  private final Handler handler;
  private final ExecutorService threads = Executors.newCachedThreadPool(LoopbackServer::daemon);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private LoopbackServer(ServerSocket listening, Handshake handshake, Handler handler) {
    this.listening = listening;
    this.handshake = handshake;
    this.handler = handler;
  }

  /** Port 0 takes a free one. */
  static LoopbackServer start(int port, Handler handler) throws IOException {
    return start(port, socket -> socket, handler);
  }

  static LoopbackServer start(int port, Handshake handshake, Handler handler) throws IOException {
    ServerSocket listening = new ServerSocket();
    listening.setReuseAddress(true);
    listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 256);
    LoopbackServer server = new LoopbackServer(listening, handshake, handler);
    server.threads.execute(server::acceptAll);
    return server;
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "loopback-server");
    thread.setDaemon(true);
    return thread;
  }

  int port() {
    return listening.getLocalPort();
  }

  private void acceptAll() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        open.add(socket);
        threads.execute(() -> serve(socket));
      } catch (IOException | RejectedExecutionException e) {
        // Closed, or the client went away in the queue: the condition of the loop tells them apart.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      Socket shaken = handshake.on(socket);
      BufferedInputStream in = new BufferedInputStream(shaken.getInputStream());
      Wire wire = new Wire(shaken);
      while (!socket.isClosed()) {
        handler.answer(ReceivedRequest.read(in), wire);
      }
    } catch (IOException e) {
      // The client or a fault ended the connection.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
    }
  }

  /**
   * Returns when nothing is left: the kernel goes on to accept connections until the thread that
   * waits for them has noticed the end.
   */
  @Override
  public void close() throws IOException {
    listening.close();
    threads.shutdownNow();
    boolean ended;
    do {
      ended = awaitEnd();
      for (Socket socket : open) {
        socket.close();
      }
    } while (!ended);
  }

  private boolean awaitEnd() {
    try {
      return threads.awaitTermination(10, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
