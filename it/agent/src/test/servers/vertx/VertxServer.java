import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.ProbeProcess;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PfxOptions;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server of Vert.x that knows nothing of authorization. */
public final class VertxServer {

  public static void main(String[] arguments) throws Exception {
    ProbeApplication application = new ProbeApplication();
    ExecutorService threads = Executors.newCachedThreadPool();
    HttpServerOptions options =
        new HttpServerOptions().setMaxHeaderSize(131_072).setMaxInitialLineLength(65_536);
    String tls = System.getProperty("tls");
    if (tls != null) {
      secure(options, tls);
    }
    HttpServer server =
        Vertx.vertx()
            .createHttpServer(options)
            .requestHandler(request -> handle(request, application, threads))
            .webSocketHandler(socket -> socket.writeTextMessage("open"))
            .listen(0, "localhost")
            .toCompletionStage()
            .toCompletableFuture()
            .get();
    String scheme = options.isSsl() ? "https" : "http";
    ProbeProcess.serve(application, URI.create(scheme + "://localhost:" + server.actualPort()));
    System.exit(0);
  }

  // With the key stores of a directory, and certificates of clients that have some.
  private static void secure(HttpServerOptions options, String directory) {
    options
        .setSsl(true)
        .setUseAlpn(true)
        .setClientAuth(ClientAuth.REQUEST)
        .setKeyCertOptions(new PfxOptions().setPath(directory + "/own.p12").setPassword("changeit"))
        .setTrustOptions(
            new PfxOptions().setPath(directory + "/trusted.p12").setPassword("changeit"));
  }

  // The probe blocks, so it gets what it needs on the loop and runs elsewhere.
  private static void handle(
      HttpServerRequest request, ProbeApplication application, ExecutorService threads) {
    if ("throw".equals(request.getHeader(ProbeApplication.PROBE))) {
      Vertx.currentContext()
          .exceptionHandler(fault -> request.response().setStatusCode(500).end("handled"));
      throw new IllegalStateException("the handler fails, as was asked for");
    }
    VertxCall call = new VertxCall(request, threads);
    request.body().onSuccess(body -> threads.execute(() -> call.run(body.getBytes(), application)));
  }
}
