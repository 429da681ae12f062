package dev.countersign.servlet;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/** The writer of a response that can be ended from outside. */
final class GatedWriter extends Writer {

  private final PrintWriter out;
  private final StreamGate gate;

  private GatedWriter(PrintWriter out, StreamGate gate) {
    this.out = out;
    this.gate = gate;
  }

  /**
   * A writer.
   *
   * @param out the container's own
   * @param gate through which the application has to go
   * @param lastEvent what to write at the end
   */
  static PrintWriter of(PrintWriter out, StreamGate gate, String lastEvent) {
    gate.through(
        () -> {
          out.write(lastEvent);
          out.flush();
        },
        out::close);
    return new PrintWriter(new GatedWriter(out, gate));
  }

  @Override
  public void write(char[] text, int offset, int length) throws IOException {
    gate.pass(() -> out.write(text, offset, length));
  }

  @Override
  public void write(String text, int offset, int length) throws IOException {
    gate.pass(() -> out.write(text, offset, length));
  }

  // The container's writer throws nothing, but remembers, and flushes when it is asked.
  @Override
  public void flush() throws IOException {
    gate.pass(
        () -> {
          if (out.checkError()) {
            throw new IOException("the response cannot be written");
          }
        });
  }

  @Override
  public void close() throws IOException {
    if (!gate.hasEnded()) {
      gate.pass(out::close);
    }
  }
}
