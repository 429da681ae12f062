import java.nio.charset.StandardCharsets;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** A handler that does next to nothing, on Reactor Netty. */
public final class PlainReactorNetty {

  public static void main(String[] arguments) throws Exception {
    byte[] answer = "ok".getBytes(StandardCharsets.US_ASCII);
    DisposableServer server =
        HttpServer.create()
            .host("localhost")
            .port(0)
            .handle(
                (request, response) ->
                    response
                        .header("Content-Type", "text/plain")
                        .header("Content-Length", "2")
                        .sendByteArray(Mono.just(answer)))
            .bindNow();
    System.out.println("probe http://localhost:" + server.port());
    System.in.read();
    System.exit(0);
  }
}
