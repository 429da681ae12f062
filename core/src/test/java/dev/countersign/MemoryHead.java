package dev.countersign;

import dev.countersign.http.FieldLine;
import dev.countersign.http.Response;
import dev.countersign.spi.ResponseHead;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A response head in memory. */
final class MemoryHead implements ResponseHead {

  private final int status;
  private final Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  int writes;

  private MemoryHead(int status) {
    this.status = status;
  }

  static MemoryHead of(int status, List<String> challenges) {
    MemoryHead head = new MemoryHead(status);
    return challenges.isEmpty() ? head : head.with("WWW-Authenticate", challenges);
  }

  static MemoryHead of(int status, String... challenges) {
    return of(status, List.of(challenges));
  }

  static MemoryHead of(Response response) {
    MemoryHead head = new MemoryHead(response.status());
    response.fields().stream()
        .map(FieldLine::name)
        .forEach(name -> head.fields.put(name, response.values(name)));
    return head;
  }

  MemoryHead with(String name, List<String> values) {
    fields.put(name, List.copyOf(values));
    return this;
  }

  MemoryHead with(String name, String... values) {
    return with(name, List.of(values));
  }

  List<String> challenges() {
    return headers("WWW-Authenticate");
  }

  /** What is left of it, to be compared. */
  Map<String, List<String>> fields() {
    return Map.copyOf(fields);
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public List<String> headers(String name) {
    return fields.getOrDefault(name, List.of());
  }

  @Override
  public void headers(String name, List<String> values) {
    writes++;
    if (values.isEmpty()) {
      fields.remove(name);
    } else {
      fields.put(name, List.copyOf(values));
    }
  }
}
