package dev.countersign.doctor.cli;

import dev.countersign.ResourceServer;
import dev.countersign.http.Response;
import dev.countersign.spi.Admission;
import dev.countersign.spi.Exchange;
import dev.countersign.spi.ReplayableBody;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A request that goes to an engine and not over a network. */
final class Dry implements Exchange {

  private record Field(String name, String value) {}

  private final String method;
  private final String path;
  private final String body;
  private final List<Field> fields = new ArrayList<>();
  private Optional<Response> answer = Optional.empty();

  private Dry(String method, String path, String host, String body) {
    this.method = method;
    this.path = path;
    this.body = body;
    fields.add(new Field("Host", host));
  }

  static Dry get(String path, String host) {
    return new Dry("GET", path, host, "");
  }

  /** A call as clients send it. */
  static Dry post(String path, String host, String json) {
    return new Dry("POST", path, host, json)
        .with("Content-Type", "application/json")
        .with("Accept", "application/json, text/event-stream");
  }

  Dry with(String name, String value) {
    fields.add(new Field(name, value));
    return this;
  }

  /** What the engine answers; empty if the application would. */
  Optional<Response> to(ResourceServer server) throws IOException {
    server.admit(this);
    return answer;
  }

  @Override
  public String method() {
    return method;
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
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .toList();
  }

  @Override
  public Optional<ReplayableBody> body() {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    return Optional.of(limit -> java.util.Arrays.copyOf(content, Math.min(limit, content.length)));
  }

  @Override
  public boolean filtersBodies() {
    return true;
  }

  @Override
  public void send(Response response) {
    answer = Optional.of(response);
  }

  @Override
  public void accept(Admission admission) {
    answer = Optional.empty();
  }
}
