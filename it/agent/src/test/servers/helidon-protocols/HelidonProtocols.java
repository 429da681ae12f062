import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.ProbeProcess;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.websocket.WsRouting;
import io.helidon.websocket.WsListener;
import io.helidon.websocket.WsSession;
import java.net.URI;
import java.security.Principal;

/** A server of Helidon that speaks HTTP/2 and WebSocket as well, and knows no authorization. */
public final class HelidonProtocols {

  public static void main(String[] arguments) throws Exception {
    WebServer server =
        WebServer.builder()
            .host("localhost")
            .port(0)
            .routing(routing -> routing.any(HelidonProtocols::echo))
            .addRouting(WsRouting.builder().endpoint("/mcp", Greeting::new))
            .build()
            .start();
    ProbeProcess.serve(new ProbeApplication(), URI.create("http://localhost:" + server.port()));
    System.exit(0);
  }

  private static void echo(ServerRequest request, ServerResponse response) {
    String user = request.context().get(Principal.class).map(Principal::getName).orElse("");
    response.headers().add(HeaderNames.create("Seen-User"), user);
    response.send(request.content().as(String.class));
  }

  /** A socket that says hello. */
  private static final class Greeting implements WsListener {

    @Override
    public void onOpen(WsSession session) {
      session.send("open", true);
    }
  }
}
