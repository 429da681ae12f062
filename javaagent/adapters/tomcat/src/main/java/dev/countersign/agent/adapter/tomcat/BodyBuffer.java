package dev.countersign.agent.adapter.tomcat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/** Collects a body up to a limit. Not thread-safe. */
final class BodyBuffer implements ApplicationBufferHandler {

  private final int limit;
  private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
  private ByteBuffer current = ByteBuffer.allocate(0);

  BodyBuffer(int limit) {
    this.limit = limit;
  }

  @Override
  public void setByteBuffer(ByteBuffer buffer) {
    current = buffer;
  }

  @Override
  public ByteBuffer getByteBuffer() {
    return current;
  }

  @Override
  public void expand(int size) {
    // Tomcat brings a buffer of its own.
  }

  /** Takes over what was read; gives its length. */
  int take() {
    byte[] bytes = new byte[current.remaining()];
    current.get(bytes);
    collected.writeBytes(bytes);
    return bytes.length;
  }

  boolean isFull() {
    return collected.size() >= limit;
  }

  /** What is to be judged: what was read, at most the limit. */
  byte[] judged() {
    byte[] all = bytes();
    return all.length <= limit ? all : Arrays.copyOf(all, limit);
  }

  /** All that was read, with the rest of the part that reached the limit. */
  byte[] bytes() {
    return collected.toByteArray();
  }
}
