package dev.countersign.agent.runtime;

import dev.countersign.spi.BodyAllowance;
import dev.countersign.spi.ReplayableBody;
import java.io.IOException;

/** A body that asks while it is read, and not afterwards, whether more may be read. */
@FunctionalInterface
public interface MeteredBody extends ReplayableBody {

  @Override
  byte[] read(int limit, BodyAllowance allowance) throws IOException;

  @Override
  default byte[] read(int limit) throws IOException {
    return read(limit, Unmetered.ALLOWANCE);
  }
}
