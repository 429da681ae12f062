package dev.countersign.agent.adapter.vertx;

import io.vertx.core.Handler;
import org.jspecify.annotations.Nullable;

/** What the agent has put where a response has one handler only. It calls the application's. */
interface OwnHandler extends Handler<Void> {

  /** The same with another handler of the application. */
  OwnHandler around(@Nullable Handler<Void> application);
}
