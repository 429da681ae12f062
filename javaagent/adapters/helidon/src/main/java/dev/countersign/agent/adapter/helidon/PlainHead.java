package dev.countersign.agent.adapter.helidon;

import dev.countersign.spi.ResponseHead;
import java.util.List;

/**
 * The head of a response as it is for its body in front of the server's own content coding. What
 * leaves behind that is counted by the server.
 */
final class PlainHead implements ResponseHead {

  private static final String LENGTH = "Content-Length";
  private static final String CODING = "Content-Encoding";

  private final HelidonHead head;
  private List<String> coding = List.of();

  PlainHead(HelidonHead head) {
    this.head = head;
  }

  /** Before the server looks at the length, and adds a coding. */
  void begin() {
    head.headers(LENGTH, List.of());
    coding = head.headers(CODING);
  }

  @Override
  public int status() {
    return head.status();
  }

  @Override
  public List<String> headers(String name) {
    return name.equalsIgnoreCase(CODING) ? coding : head.headers(name);
  }

  @Override
  public void headers(String name, List<String> values) {
    boolean isCoding = name.equalsIgnoreCase(CODING);
    boolean isServers = isCoding && !head.headers(CODING).equals(coding);
    if (isCoding) {
      coding = values;
    }
    if (!isServers && !name.equalsIgnoreCase(LENGTH)) {
      head.headers(name, values);
    }
  }
}
