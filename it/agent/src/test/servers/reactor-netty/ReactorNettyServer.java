import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.ProbeProcess;
import java.net.URI;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** A Reactor Netty server that knows nothing of authorization. */
public final class ReactorNettyServer {

  public static void main(String[] arguments) throws Exception {
    ProbeApplication application = new ProbeApplication();
    DisposableServer server =
        HttpServer.create()
            .host("localhost")
            .port(0)
            .protocol(protocols())
            .httpRequestDecoder(spec -> spec.maxHeaderSize(65536).maxInitialLineLength(65536))
            .handle((request, response) -> handle(application, request, response))
            .bindNow();
    ProbeProcess.serve(application, URI.create("http://localhost:" + server.port()));
    System.exit(0);
  }

  private static HttpProtocol[] protocols() {
    return Boolean.getBoolean("http2")
        ? new HttpProtocol[] {HttpProtocol.HTTP11, HttpProtocol.H2C}
        : new HttpProtocol[] {HttpProtocol.HTTP11};
  }

  private static Publisher<Void> handle(
      ProbeApplication application, HttpServerRequest request, HttpServerResponse response) {
    return Mono.deferContextual(
        context ->
            request
                .receive()
                .aggregate()
                .asByteArray()
                .defaultIfEmpty(new byte[0])
                .flatMap(
                    body -> {
                      ReactorNettyCall call =
                          new ReactorNettyCall(request, response, body, context);
                      return call.answer(() -> application.handle(call));
                    }));
  }
}
