package dev.countersign.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/** The output of a response whose body goes through a filter. */
final class FilteredOutput extends ServletOutputStream {

  private final ServletOutputStream out;
  private final BodyOutput body;

  FilteredOutput(ServletOutputStream out, BodyOutput body) {
    this.out = out;
    this.body = body;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] octets, int offset, int length) throws IOException {
    body.write(octets, offset, length);
  }

  @Override
  public void flush() throws IOException {
    body.flush();
  }

  @Override
  public void close() throws IOException {
    body.end();
    out.close();
  }

  // At most one write of the container follows from one of the application.
  @Override
  public boolean isReady() {
    return out.isReady();
  }

  @Override
  public void setWriteListener(WriteListener listener) {
    out.setWriteListener(listener);
  }
}
