package dev.countersign.doctor.cli;

import dev.countersign.ResourceServer;
import dev.countersign.http.Response;
import dev.countersign.spi.Admission;
import dev.countersign.spi.Exchange;
import java.io.IOException;
import java.util.List;

/** A GET without credentials that goes to an engine and not over a network. */
final class Dry implements Exchange {

  private final String path;
  private Response answer = Response.empty(404, List.of());

  private Dry(String path) {
    this.path = path;
  }

  static Response answer(ResourceServer server, String path) throws IOException {
    Dry exchange = new Dry(path);
    server.admit(exchange);
    return exchange.answer;
  }

  @Override
  public String method() {
    return "GET";
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public String query() {
    return "";
  }

  @Override
  public List<String> headers(String name) {
    return List.of();
  }

  @Override
  public void send(Response response) {
    answer = response;
  }

  @Override
  public void accept(Admission admission) {
    // A public path, or report-only: the application would answer.
    answer = Response.empty(200, List.of());
  }
}
