package dev.countersign.servlet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.spi.BodyAllowance;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayedRequestTest {

  private static final String TEXT = "{\"method\":\"ping\",\"x\":\"\u4f8b\u00e9\"}";
  private static final byte[] BYTES = TEXT.getBytes(StandardCharsets.UTF_8);

  private final FakeRequest container = FakeRequest.of("POST", "/mcp").body(TEXT);

  private ReplayedRequest read(int limit) throws IOException {
    ReplayedBody body = new ReplayedBody(container.proxy());
    body.read(limit);
    return new ReplayedRequest(container.proxy(), body);
  }

  // Below, at and above the length: what was not read for the decision comes behind it.
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 20, 30, 31, 32, 1000})
  void U18_BP1_BP36_givesTheBodyBackByteForByte(int limit) throws IOException {
    assertArrayEquals(BYTES, read(limit).getInputStream().readAllBytes());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20, 1000})
  void U18_readsOneByteAtATimeOrSeveral(int limit) throws IOException {
    ServletInputStream in = read(limit).getInputStream();
    byte[] read = new byte[BYTES.length];
    for (int at = 0; at < read.length; at++) {
      assertFalse(in.isFinished());
      assertTrue(in.available() > 0);
      read[at] = (byte) in.read();
    }

    assertArrayEquals(BYTES, read);
    assertEquals(-1, in.read());
    assertEquals(-1, in.read(new byte[4], 0, 4));
    assertEquals(0, in.read(new byte[4], 0, 0));
    assertTrue(in.isFinished());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20, 1000})
  void U18_isReadAsUtf8WhateverTheContainerWouldTakeItFor(int limit) throws IOException {
    ReplayedRequest request = read(limit);

    assertEquals("UTF-8", request.getCharacterEncoding());
    assertEquals(TEXT, request.getReader().readLine());
    assertNull(request.getReader().readLine());
  }

  @Test
  void BP36_hasOneReaderOrOneStream() throws IOException {
    ReplayedRequest read = read(1000);
    assertSame(read.getReader(), read.getReader());
    assertThrows(IllegalStateException.class, read::getInputStream);

    container.body(TEXT);
    ReplayedRequest streamed = read(1000);
    assertSame(streamed.getInputStream(), streamed.getInputStream());
    assertThrows(IllegalStateException.class, streamed::getReader);
  }

  @Test
  void knowsItsLengthIfAllOfItWasRead() throws IOException {
    assertEquals(BYTES.length, read(1000).getContentLength());
    container.body(TEXT);
    assertEquals(BYTES.length, read(BYTES.length + 1).getContentLengthLong());
    container.body(TEXT);
    assertEquals(-1, read(BYTES.length).getContentLength());
    container.body(TEXT);
    assertEquals(-1L, read(5).getContentLengthLong());
  }

  private static final class Recorder implements ReadListener {

    final List<String> events = new ArrayList<>();
    private final ServletInputStream in;
    private final boolean greedy;

    Recorder(ServletInputStream in, boolean greedy) {
      this.in = in;
      this.greedy = greedy;
    }

    @Override
    public void onDataAvailable() throws IOException {
      StringBuilder text = new StringBuilder();
      while (in.isReady()) {
        text.append((char) in.read());
      }
      events.add("data " + text);
      if (!greedy) {
        throw new IOException("enough");
      }
    }

    @Override
    public void onAllDataRead() {
      events.add("end");
    }

    @Override
    public void onError(Throwable fault) {
      events.add("error " + fault.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 100})
  void BP37_servesAListenerOnAThreadOfTheContainer(int limit) throws IOException {
    container.body("abcdef");
    ServletInputStream in = read(limit).getInputStream();
    Recorder listener = new Recorder(in, true);

    in.setReadListener(listener);
    assertEquals(List.of(), listener.events);
    container.started.get(0).run();

    assertTrue(listener.events.get(0).startsWith("data abcdef"));
    assertEquals("end", listener.events.get(listener.events.size() - 1));
    assertThrows(IllegalStateException.class, () -> in.setReadListener(listener));
  }

  @Test
  void BP37_tellsAListenerOfItsFaults() throws IOException {
    container.body("abc");
    ServletInputStream in = read(100).getInputStream();
    Recorder listener = new Recorder(in, false);

    in.setReadListener(listener);
    container.started.get(0).run();

    assertEquals(List.of("data abc", "error enough"), listener.events);
  }

  @Test
  void BP37_tellsAListenerOfAnEmptyBody() throws IOException {
    container.body("");
    ServletInputStream in = read(100).getInputStream();
    Recorder listener = new Recorder(in, true);

    in.setReadListener(listener);
    container.started.get(0).run();

    assertEquals(List.of("end"), listener.events);
  }

  private static final class Counted implements BodyAllowance {

    final List<Integer> taken = new ArrayList<>();
    int released;
    int limit = Integer.MAX_VALUE;

    @Override
    public void take(int bytes) throws IOException {
      taken.add(bytes);
      if (taken.stream().mapToInt(Integer::intValue).sum() > limit) {
        throw new IOException("no more");
      }
    }

    @Override
    public Runnable keep() {
      return () -> released++;
    }
  }

  @Test
  void BP38_asksForRoomAsTheBodyArrives() throws IOException {
    container.body("x".repeat(20_000));
    Counted room = new Counted();

    assertEquals(20_000, new ReplayedBody(container.proxy()).read(100_000, room).length);
    assertEquals(List.of(8192, 8192, 3616), room.taken);
  }

  @Test
  void BP38_givesTheRoomBackWhenTheApplicationHasReadTheBody() throws IOException {
    Counted room = new Counted();
    ReplayedBody body = new ReplayedBody(container.proxy());
    body.read(1000, room);
    ServletInputStream in = new ReplayedRequest(container.proxy(), body).getInputStream();

    assertEquals(BYTES.length - 1, in.readNBytes(BYTES.length - 1).length);
    assertEquals(0, room.released);
    assertTrue(in.read() >= 0);
    assertEquals(1, room.released);
    assertEquals(-1, in.read());
  }

  @Test
  void BP38_keepsWhatHasArrivedWhenThereIsNoMoreRoom() throws IOException {
    container.body("x".repeat(20_000) + "y");
    Counted room = new Counted();
    room.limit = 10_000;
    ReplayedBody body = new ReplayedBody(container.proxy());

    assertThrows(IOException.class, () -> body.read(100_000, room));

    assertTrue(body.isBegun());
    assertEquals(-1, body.length());
    byte[] all = new ReplayedRequest(container.proxy(), body).getInputStream().readAllBytes();
    assertEquals(20_001, all.length);
    assertEquals('y', all[20_000]);
  }
}
