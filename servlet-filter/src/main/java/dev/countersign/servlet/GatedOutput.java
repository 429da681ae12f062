package dev.countersign.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The output of a response that can be ended from outside. */
final class GatedOutput extends ServletOutputStream {

  private final ServletOutputStream out;
  private final StreamGate gate;
  private volatile boolean listening;

  /**
   * An output.
   *
   * @param out the container's own
   * @param gate through which the application has to go
   * @param lastEvent what to write at the end
   */
  GatedOutput(ServletOutputStream out, StreamGate gate, String lastEvent) {
    this.out = out;
    this.gate = gate;
    gate.through(() -> write(lastEvent), out::close);
  }

  // A listener writes when it is told to, which may be never.
  private void write(String lastEvent) throws IOException {
    if (!listening) {
      out.write(lastEvent.getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }
  }

  @Override
  public void write(int octet) throws IOException {
    gate.pass(() -> out.write(octet));
  }

  @Override
  public void write(byte[] octets, int offset, int length) throws IOException {
    gate.pass(() -> out.write(octets, offset, length));
  }

  @Override
  public void flush() throws IOException {
    gate.pass(out::flush);
  }

  @Override
  public void close() throws IOException {
    if (!gate.hasEnded()) {
      gate.pass(out::close);
    }
  }

  // After the end a write does not wait: it fails.
  @Override
  public boolean isReady() {
    return gate.hasEnded() || out.isReady();
  }

  @Override
  public void setWriteListener(WriteListener listener) {
    listening = true;
    out.setWriteListener(listener);
  }
}
