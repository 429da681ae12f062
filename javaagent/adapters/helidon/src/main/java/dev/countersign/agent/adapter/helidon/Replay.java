package dev.countersign.agent.adapter.helidon;

import dev.countersign.agent.runtime.MeteredBody;
import dev.countersign.spi.BodyAllowance;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A filter of the stream of a body: it lets the body be read for a decision, and then gives the
 * application what was read and the rest. Not thread-safe.
 */
final class Replay implements UnaryOperator<InputStream> {

  private @Nullable InputStream replayed;

  @Override
  public InputStream apply(InputStream wire) {
    return replayed == null ? wire : replayed;
  }

  /** Reads until the end or the limit. */
  byte[] read(InputStream body, int limit, BodyAllowance allowance) throws IOException {
    byte[] read = MeteredBody.read(body, limit, allowance);
    InputStream again = new ByteArrayInputStream(read);
    replayed = read.length < limit ? again : new SequenceInputStream(again, body);
    return read;
  }
}
