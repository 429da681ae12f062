package dev.countersign;

import dev.countersign.config.AddressRange;
import dev.countersign.http.Response;
import dev.countersign.spi.Admission;
import dev.countersign.spi.Exchange;
import dev.countersign.spi.Lease;
import dev.countersign.spi.ReplayableBody;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An exchange in memory, which has exactly one outcome. */
final class MemoryExchange implements Exchange {

  private final String method;
  private final String path;
  private final String query;
  private final List<Map.Entry<String, String>> fields = new ArrayList<>();
  private Optional<ReplayableBody> body = Optional.empty();
  private boolean broken;
  private boolean filtersBodies;
  private Optional<InetAddress> peer = Optional.empty();
  private Optional<String> authority = Optional.empty();
  private Optional<Response> response = Optional.empty();
  private Optional<Admission> admission = Optional.empty();
  int bodyReads;

  private MemoryExchange(String method, String path, String query) {
    this.method = method;
    this.path = path;
    this.query = query;
  }

  static MemoryExchange of(String method, String target) {
    int mark = target.indexOf('?');
    return mark < 0
        ? new MemoryExchange(method, target, "")
        : new MemoryExchange(method, target.substring(0, mark), target.substring(mark + 1));
  }

  MemoryExchange field(String name, String value) {
    fields.add(Map.entry(name, value));
    return this;
  }

  MemoryExchange bearer(String token) {
    return field("Authorization", "Bearer " + token);
  }

  /** The other end of the connection, an address. */
  MemoryExchange from(String literal) {
    peer = Optional.of(AddressRange.parse(literal).network());
    return this;
  }

  /** Gives the request target a host. */
  MemoryExchange authority(String host) {
    authority = Optional.of(host);
    return this;
  }

  /** Its attachment can filter the body of the response. */
  MemoryExchange filtering() {
    filtersBodies = true;
    return this;
  }

  MemoryExchange json(String text) {
    return field("Content-Type", "application/json").content(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A call of a tool as clients of revision 2026-07-28 make it. */
  MemoryExchange modernCall(String tool) {
    return field("MCP-Protocol-Version", "2026-07-28")
        .field("Mcp-Method", "tools/call")
        .field("Mcp-Name", tool)
        .json(
            "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\""
                + tool
                + "\",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}}}");
  }

  MemoryExchange content(byte[] bytes) {
    return body(limit -> read(bytes, limit));
  }

  MemoryExchange body(ReplayableBody replayable) {
    body = Optional.of(replayable);
    return this;
  }

  /** The client stops sending. */
  MemoryExchange brokenBody() {
    broken = true;
    return content(new byte[0]);
  }

  /** Runs the exchange and gives its answer; fails if it was admitted. */
  Response refusedBy(ResourceServer engine) {
    if (admittedBy(engine)) {
      throw new AssertionError(method + " " + path + " was admitted");
    }
    return answer();
  }

  /** Runs the exchange and says whether the application has to handle it. */
  boolean admittedBy(ResourceServer engine) {
    boolean admitted;
    try {
      admitted = engine.admit(this);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    if (admitted != admission.isPresent()) {
      throw new AssertionError("admit says " + admitted + ", but " + admission);
    }
    return admitted;
  }

  Response answer() {
    return response.orElseThrow(() -> new AssertionError("no answer"));
  }

  Admission admission() {
    return admission.orElseThrow(() -> new AssertionError("not admitted"));
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
    return query;
  }

  @Override
  public Optional<String> authority() {
    return authority;
  }

  @Override
  public List<String> headers(String name) {
    return fields.stream()
        .filter(line -> line.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .toList();
  }

  @Override
  public Optional<InetAddress> peer() {
    return peer;
  }

  @Override
  public Optional<ReplayableBody> body() {
    return body;
  }

  private byte[] read(byte[] bytes, int limit) throws IOException {
    bodyReads++;
    if (broken) {
      throw new IOException("the client went away");
    }
    return Arrays.copyOf(bytes, Math.min(bytes.length, limit));
  }

  @Override
  public void send(Response answer) {
    requireOpen();
    response = Optional.of(answer);
  }

  @Override
  public void accept(Admission admitted) {
    requireOpen();
    admission = Optional.of(admitted);
  }

  @Override
  public boolean filtersBodies() {
    return filtersBodies;
  }

  @Override
  public Lease lease() {
    return admission.map(Admission::lease).orElse(Lease.NONE);
  }

  private void requireOpen() {
    if (response.isPresent() || admission.isPresent()) {
      throw new AssertionError("the exchange has an outcome already");
    }
  }
}
