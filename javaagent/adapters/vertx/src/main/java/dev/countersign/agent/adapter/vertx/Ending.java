package dev.countersign.agent.adapter.vertx;

import dev.countersign.spi.Lease;
import io.vertx.core.Handler;
import org.jspecify.annotations.Nullable;

/**
 * What a response calls when it is over, or its connection.
 *
 * @param lease of the exchange
 * @param application the application's own handler
 */
record Ending(Lease lease, @Nullable Handler<Void> application) implements OwnHandler {

  @Override
  public Ending around(@Nullable Handler<Void> other) {
    return new Ending(lease, other);
  }

  @Override
  public void handle(Void nothing) {
    lease.close();
    if (application != null) {
      application.handle(null);
    }
  }
}
