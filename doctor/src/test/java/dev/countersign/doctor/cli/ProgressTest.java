package dev.countersign.doctor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.doctor.wire.Request;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream terminal = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private String written() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static Request get(String url) {
    return Request.of("GET", URI.create(url));
  }

  @Test
  void saysWhatIsAskedAndHowManyWere() {
    new Progress(terminal, 80).asking(get("https://mcp.example.com/mcp"), 12);
    assertEquals("\r12 requests, asking GET mcp.example.com/mcp", written());
  }

  @Test
  void leavesNothingOfALongerLine() {
    Progress progress = new Progress(terminal, 80);
    progress.asking(get("https://h/a-long-path"), 1);
    progress.asking(get("https://h/"), 2);
    String last = written().substring(written().lastIndexOf('\r') + 1);
    assertEquals("1 request, asking GET h/a-long-path".length(), last.length());
    Progress.erase(progress);
    assertTrue(written().endsWith("\r" + " ".repeat(last.stripTrailing().length()) + "\r"));
  }

  @Test
  void fitsOnOneLine() {
    new Progress(terminal, 40).asking(get("https://mcp.example.com/a/very/long/path/indeed"), 0);
    assertEquals(40, written().length());
  }

  @Test
  void hidesTheQuery() {
    new Progress(terminal, 80).asking(get("https://h/mcp?access_token=secret"), 3);
    assertEquals("\r3 requests, asking GET h/mcp", written());
  }

  @Test
  void erasesNothingWhereNothingIs() {
    Progress.erase(Progress.NOTHING);
    assertEquals("", written());
  }
}
