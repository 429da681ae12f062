package dev.countersign.agent.runtime;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What an adapter puts at a hook point. It is loaded by a loader that sees the engine and the
 * server, and has a public constructor that takes the {@link Engine}. Thread-safe. Whatever it
 * throws goes to the caller of the woven method, whose body then does not run.
 */
@FunctionalInterface
public interface Interceptor {

  /**
   * Takes one call.
   *
   * @param call the call
   * @return as the {@link Weaving} of the hook point says
   * @throws IOException if an answer cannot be written
   */
  @Nullable Object intercept(Call call) throws IOException;
}
