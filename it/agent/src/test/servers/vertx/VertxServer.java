import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.ProbeProcess;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
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
    HttpServer server =
        Vertx.vertx()
            .createHttpServer(options)
            .requestHandler(request -> handle(request, application, threads))
            .webSocketHandler(socket -> socket.writeTextMessage("open"))
            .listen(0, "localhost")
            .toCompletionStage()
            .toCompletableFuture()
            .get();
    ProbeProcess.serve(application, URI.create("http://localhost:" + server.actualPort()));
    System.exit(0);
  }

  // The probe blocks, so it gets what it needs on the loop and runs elsewhere.
  private static void handle(
      HttpServerRequest request, ProbeApplication application, ExecutorService threads) {
    VertxCall call = new VertxCall(request, threads);
    request.body().onSuccess(body -> threads.execute(() -> call.run(body.getBytes(), application)));
  }
}
