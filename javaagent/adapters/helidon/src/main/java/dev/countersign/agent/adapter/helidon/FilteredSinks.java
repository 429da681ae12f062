package dev.countersign.agent.adapter.helidon;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A sink of events writes to the connection itself, past every filter of its response: where there
 * has to be one, there is no sink.
 */
public final class FilteredSinks implements Interceptor {

  // Responses that must be filtered. Shared with the guard of requests.
  private static final Set<Object> FILTERED =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  /**
   * An interceptor.
   *
   * @param engine not used
   */
  public FilteredSinks(Engine engine) {
    // The request was judged before.
  }

  static void refuse(Object response) {
    FILTERED.add(response);
  }

  @Override
  public @Nullable Object intercept(Call call) {
    if (FILTERED.contains(call.self(Object.class))) {
      throw new IllegalStateException("events of a sink cannot be filtered");
    }
    return null;
  }
}
