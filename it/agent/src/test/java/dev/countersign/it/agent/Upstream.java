package dev.countersign.it.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A server that must not get the tokens of clients, and tells what it has got. */
final class Upstream implements AutoCloseable {

  private final HttpServer server;
  private final BlockingQueue<String> heads = new LinkedBlockingQueue<>();

  Upstream() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::take);
    server.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    heads.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().entrySet());
    exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  URI uri(String pathAndQuery) {
    return URI.create("http://localhost:" + server.getAddress().getPort() + pathAndQuery);
  }

  /** What came since the last call. */
  List<String> heads() {
    List<String> taken = new ArrayList<>();
    heads.drainTo(taken);
    return taken;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
