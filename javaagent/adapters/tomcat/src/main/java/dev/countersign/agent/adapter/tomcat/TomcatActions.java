package dev.countersign.agent.adapter.tomcat;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import java.io.IOException;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Response;

/** What the container has a response do: write its head, flush, end. */
public final class TomcatActions implements Interceptor {

  /**
   * An interceptor.
   *
   * @param engine not used
   */
  public TomcatActions(Engine engine) {
    // The response has its filter.
  }

  @Override
  public Object intercept(Call call) throws IOException {
    return FilteredOutput.mayAct(call.self(Response.class), call.argument(0, ActionCode.class));
  }
}
