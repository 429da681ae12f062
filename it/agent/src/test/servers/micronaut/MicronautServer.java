package micronaut;

import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.ProbeProcess;
import io.micronaut.context.ApplicationContext;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A Micronaut server that knows nothing of authorization: a filter that takes every request. */
@ServerFilter("/**")
public final class MicronautServer {

  private static final ProbeApplication APPLICATION = new ProbeApplication();

  public static void main(String[] arguments) throws Exception {
    EmbeddedServer server =
        ApplicationContext.run(
            EmbeddedServer.class,
            Map.of(
                "micronaut.server.host",
                "localhost",
                "micronaut.server.port",
                -1,
                // It has a defence of its own against other pages, if it is called localhost.
                "micronaut.server.cors.localhost-pass-through",
                true,
                "micronaut.server.netty.max-header-size",
                65536,
                "micronaut.server.netty.max-initial-line-length",
                65536,
                "micronaut.server.http-version",
                Boolean.getBoolean("http2") ? "2.0" : "1.1"));
    server.start();
    ProbeProcess.serve(APPLICATION, URI.create("http://localhost:" + server.getPort()));
    System.exit(0);
  }

  @RequestFilter
  @ExecuteOn(TaskExecutors.IO)
  CompletableFuture<HttpResponse<?>> handle(HttpRequest<?> request) throws Exception {
    byte[] body = ((ServerHttpRequest<?>) request).byteBody().buffer().get().toByteArray();
    MicronautCall call = new MicronautCall(request, body);
    call.later(() -> APPLICATION.handle(call));
    return call.answer();
  }
}
