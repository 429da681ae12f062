package dev.countersign.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ServerSocketFactory;

/** A server on the loopback that answers every request with the bytes of a script. */
final class RawServer implements AutoCloseable {

  /** Answers one request; the connection is closed behind it. */
  interface Script {
    void answer(OutputStream out) throws IOException, InterruptedException;
  }

  final List<String> requests = new CopyOnWriteArrayList<>();
  final CountDownLatch closing = new CountDownLatch(1);
  private final ServerSocket listening;
  private final Script script;

  RawServer(Script script) {
    this(ServerSocketFactory.getDefault(), script);
  }

  RawServer(ServerSocketFactory factory, Script script) {
    this.script = script;
    try {
      listening = factory.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  /** A response with 200 and a body. */
  static RawServer serving(String fields, String body) {
    return new RawServer(
        out ->
            out.write(
                ("HTTP/1.1 200 OK\r\n"
                        + fields
                        + "Content-Length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body)
                    .getBytes(StandardCharsets.UTF_8)));
  }

  /** A response of these lines, sent as they are. */
  static RawServer sending(String response) {
    return new RawServer(out -> out.write(response.getBytes(StandardCharsets.UTF_8)));
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "raw-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket connection = listening.accept();
        start(() -> serve(connection));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      requests.add(head(connection.getInputStream()));
      script.answer(connection.getOutputStream());
      connection.getOutputStream().flush();
    } catch (IOException e) {
      // The client has hung up, or did not like the handshake.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      head.append((char) next);
    }
    return head.toString();
  }

  int port() {
    return listening.getLocalPort();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + port() + "/doc");
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
