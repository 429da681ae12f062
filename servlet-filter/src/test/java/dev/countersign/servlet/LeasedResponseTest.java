package dev.countersign.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.spi.Lease;
import dev.countersign.spi.ResponseHead;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeasedResponseTest {

  /** What a lease is told, in its order. */
  private static final class Told implements Lease {

    final List<String> told = new ArrayList<>();
    Runnable end = () -> {};
    String lastEvent = "";

    @Override
    public Instant until() {
      return Instant.MAX;
    }

    @Override
    public void onEnd(Runnable ending) {
      end = ending;
    }

    @Override
    public boolean begin(ResponseHead head) {
      told.add(head.status() + " " + head.headers("Content-Type") + head.headers("mcp-session-id"));
      assertThrows(
          UnsupportedOperationException.class, () -> head.headers("Vary", List.of("Origin")));
      return true;
    }

    @Override
    public String lastEvent() {
      return lastEvent;
    }

    @Override
    public void close() {
      told.add("closed");
    }
  }

  private final Told lease = new Told();
  private final FakeRequest request = FakeRequest.of("GET", "/mcp");
  private final FakeResponse container = new FakeResponse();
  private final LeasedResponse response =
      new LeasedResponse(request.proxy(), container.proxy(), lease);

  @Test
  void N05_tellsOfASessionBeforeItLeaves() {
    response.setHeader("X-Other", "x");
    response.setHeader("mcp-session-id", "s-1");
    response.addHeader("Mcp-Session-Id", "s-2");

    assertEquals(List.of("200 [][s-1]", "200 [][s-1, s-2]"), lease.told);
  }

  @Test
  void tellsOfTheHeadWithTheFirstByteAndAtTheEnd() throws IOException {
    response.setContentType("text/event-stream");
    ServletOutputStream out = response.getOutputStream();
    assertSame(out, response.getOutputStream());
    out.write(new byte[] {'a', 'b'});
    out.write('c');
    out.flush();
    response.setStatus(404);
    response.over();

    assertEquals(
        List.of("200 [text/event-stream][]", "404 [text/event-stream][]", "closed"), lease.told);
    assertEquals("abc", container.body());
  }

  @Test
  void H21_afterTheEndNothingIsWritten() throws IOException {
    ServletOutputStream out = response.getOutputStream();
    out.print("one");
    lease.end.run();

    assertTrue(container.closed);
    assertThrows(IOException.class, () -> out.write('x'));
    assertThrows(IOException.class, () -> out.write(new byte[1]));
    assertThrows(IOException.class, out::flush);
    assertThrows(IOException.class, response::flushBuffer);
    assertTrue(out.isReady());
    out.close();
    assertEquals("one", container.body());
  }

  @Test
  void H21_aWriterRemembersThatItHasEnded() throws IOException {
    PrintWriter writer = response.getWriter();
    assertSame(writer, response.getWriter());
    writer.print("one");
    assertFalse(writer.checkError());
    lease.end.run();
    writer.print("two");

    assertTrue(writer.checkError());
    writer.close();
    assertTrue(container.closed);
    assertEquals("one", container.body());
  }

  @Test
  void H21_writesTheLastEventBeforeTheEnd() throws IOException {
    lease.lastEvent = "data: {}\n\n";
    LeasedResponse one = new LeasedResponse(request.proxy(), container.proxy(), lease);
    one.getOutputStream().print("data: one\n\n");
    lease.end.run();
    assertEquals("data: one\n\ndata: {}\n\n", container.body());

    FakeResponse other = new FakeResponse();
    LeasedResponse written = new LeasedResponse(request.proxy(), other.proxy(), lease);
    written.getWriter().print("data: one\n\n");
    written.getWriter().flush();
    lease.end.run();
    assertEquals("data: one\n\ndata: {}\n\n", other.body());
  }

  @Test
  void H21_completesWhatIsAsynchronous() throws IOException {
    request.async = true;
    response.getOutputStream().print("one");
    lease.end.run();

    assertTrue(request.asyncEnded);
    assertFalse(container.closed);
    response.over();
  }

  @Test
  void H21_whoeverWritesEndsItAfterwards() throws IOException {
    StreamGate gate = new StreamGate(lease, new NoHead(), request.proxy());
    gate.through(() -> {}, () -> container.closed = true);
    List<Boolean> ended = new ArrayList<>();
    gate.pass(
        () -> {
          Thread other = new Thread(gate::end);
          other.start();
          try {
            other.join();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          ended.add(container.closed);
        });

    assertEquals(List.of(false), ended);
    assertTrue(container.closed);
  }

  private record NoHead() implements ResponseHead {

    @Override
    public int status() {
      return 200;
    }

    @Override
    public List<String> headers(String name) {
      return List.of();
    }

    @Override
    public void headers(String name, List<String> values) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void nothingIsDoneToAResponseThatTheContainerHasTakenBack() throws IOException {
    request.async = true;
    response.getOutputStream().print("one");
    response.over();
    lease.end.run();

    assertFalse(request.asyncEnded);
    assertFalse(container.closed);
  }

  @Test
  void anApplicationThatEndsAtTheSameMomentHurtsNobody() throws IOException {
    request.async = true;
    request.asyncEnded = true;
    response.getOutputStream().print("one");
    lease.end.run();
    response.over();

    assertFalse(container.closed);
  }

  @Test
  void aResetGivesAnotherOutput() throws IOException {
    ServletOutputStream first = response.getOutputStream();
    response.reset();

    assertFalse(first == response.getOutputStream());
  }
}
