import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Speaks HTTP over a plain socket, as no agent knows. Ends with standard input.
 *
 * <p>Arguments: the port, and classes that are loaded first.
 */
public final class UnknownServer {

  public static void main(String[] arguments) throws IOException, ClassNotFoundException {
    for (int i = 1; i < arguments.length; i++) {
      Class.forName(arguments[i]);
    }
    ServerSocket server = new ServerSocket();
    try {
      server.bind(new java.net.InetSocketAddress("localhost", Integer.parseInt(arguments[0])));
    } catch (IOException e) {
      System.out.println("not bound: " + e.getMessage());
      return;
    }
    Thread thread = new Thread(() -> serve(server));
    thread.setDaemon(true);
    thread.start();
    System.out.println("port " + server.getLocalPort());
    while (System.in.read() >= 0) {
      // Until the test ends.
    }
  }

  private static void serve(ServerSocket server) {
    while (true) {
      try (Socket socket = server.accept()) {
        socket.getInputStream().read(new byte[4096]);
        socket
            .getOutputStream()
            .write(
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        return;
      }
    }
  }
}
