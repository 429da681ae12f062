package dev.countersign.agent.adapter.helidon;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** The output of a response, which leaves together with the head. Used by one thread at a time. */
final class FirstWrite extends FilterOutputStream {

  private final Runnable before;
  private boolean begun;

  /**
   * An output.
   *
   * @param out the server's, which has the head leave with the first byte
   * @param before what to do before that
   */
  FirstWrite(OutputStream out, Runnable before) {
    super(out);
    this.before = before;
  }

  private void begin() {
    if (!begun) {
      begun = true;
      before.run();
    }
  }

  @Override
  public void write(int octet) throws IOException {
    begin();
    out.write(octet);
  }

  @Override
  public void write(byte[] octets, int offset, int length) throws IOException {
    begin();
    out.write(octets, offset, length);
  }

  @Override
  public void flush() throws IOException {
    begin();
    out.flush();
  }

  @Override
  public void close() throws IOException {
    begin();
    out.close();
  }
}
