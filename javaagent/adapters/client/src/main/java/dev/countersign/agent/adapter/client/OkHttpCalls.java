package dev.countersign.agent.adapter.client;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import dev.countersign.agent.runtime.OutgoingCall;
import dev.countersign.agent.runtime.OutgoingCalls;
import java.io.IOException;
import java.util.stream.IntStream;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** What OkHttp sends, retries and redirects among it. */
public final class OkHttpCalls implements Interceptor {

  private final OutgoingCalls outgoing;

  /**
   * An interceptor.
   *
   * @param engine the engine
   */
  public OkHttpCalls(Engine engine) {
    this.outgoing = engine.outgoing();
  }

  @Override
  public @Nullable Object intercept(Call call) throws IOException {
    Request request = call.argument(0, okhttp3.Interceptor.Chain.class).request();
    outgoing.check("OkHttp", () -> read(request));
    return null;
  }

  private static OutgoingCall read(Request request) {
    HttpUrl url = request.url();
    Headers headers = request.headers();
    String query = url.encodedQuery();
    return new OutgoingCall(
        url.host() + ":" + url.port(),
        query == null ? "" : query,
        IntStream.range(0, headers.size()).mapToObj(headers::value).toList());
  }
}
