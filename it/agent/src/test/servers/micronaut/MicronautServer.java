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
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A Micronaut server that knows nothing of authorization: a filter that takes every request. */
@ServerFilter("/**")
public final class MicronautServer {

  private static final ProbeApplication APPLICATION = new ProbeApplication();

  public static void main(String[] arguments) throws Exception {
    Map<String, Object> settings = new HashMap<>();
    settings.put("micronaut.server.host", "localhost");
    settings.put("micronaut.server.port", -1);
    // It has a defence of its own against other pages, if it is called localhost.
    settings.put("micronaut.server.cors.localhost-pass-through", true);
    settings.put("micronaut.server.netty.max-header-size", 65536);
    settings.put("micronaut.server.netty.max-initial-line-length", 65536);
    settings.put("micronaut.server.http-version", Boolean.getBoolean("http2") ? "2.0" : "1.1");
    String tls = System.getProperty("tls");
    if (tls != null) {
      settings.putAll(secure(tls));
    }
    EmbeddedServer server = ApplicationContext.run(EmbeddedServer.class, settings);
    server.start();
    ProbeProcess.serve(
        APPLICATION, URI.create(server.getScheme() + "://localhost:" + server.getPort()));
    System.exit(0);
  }

  // With the key stores of a directory, and certificates of clients that have some.
  private static Map<String, Object> secure(String directory) {
    return Map.of(
        "micronaut.server.ssl.enabled",
        true,
        "micronaut.server.ssl.port",
        -1,
        "micronaut.server.ssl.client-authentication",
        "WANT",
        "micronaut.server.ssl.key-store.path",
        "file:" + directory + "/own.p12",
        "micronaut.server.ssl.key-store.password",
        "changeit",
        "micronaut.server.ssl.key-store.type",
        "PKCS12",
        "micronaut.server.ssl.trust-store.path",
        "file:" + directory + "/trusted.p12",
        "micronaut.server.ssl.trust-store.password",
        "changeit",
        "micronaut.server.ssl.trust-store.type",
        "PKCS12");
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
