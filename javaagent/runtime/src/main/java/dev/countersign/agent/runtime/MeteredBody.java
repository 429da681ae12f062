package dev.countersign.agent.runtime;

import dev.countersign.spi.BodyAllowance;
import dev.countersign.spi.ReplayableBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that asks while it is read, and not afterwards, whether more may be read. */
@FunctionalInterface
public interface MeteredBody extends ReplayableBody {

  @Override
  byte[] read(int limit, BodyAllowance allowance) throws IOException;

  @Override
  default byte[] read(int limit) throws IOException {
    return read(limit, Unmetered.ALLOWANCE);
  }

  /**
   * Reads a stream that blocks, piece by piece.
   *
   * @param stream a body; it stays open
   * @param limit the greatest number of bytes to read, more than 0
   * @param allowance is asked for each piece
   * @return all that the stream has if that is less than the limit, otherwise its first {@code
   *     limit} bytes
   * @throws IOException from the stream or the allowance
   */
  static byte[] read(InputStream stream, int limit, BodyAllowance allowance) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] piece = new byte[Math.min(8192, limit)];
    int length;
    while (bytes.size() < limit
        && (length = stream.read(piece, 0, Math.min(piece.length, limit - bytes.size()))) >= 0) {
      allowance.take(length);
      bytes.write(piece, 0, length);
    }
    return bytes.toByteArray();
  }
}
