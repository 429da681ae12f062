import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.ProbeProcess;
import io.helidon.http.HeaderNames;
import io.helidon.http.sse.SseEvent;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.sse.SseSink;
import java.net.URI;

/** A server of Helidon with a list of tools, as events for those who ask for events alone. */
public final class HelidonLists {

  public static void main(String[] arguments) throws Exception {
    WebServer server =
        WebServer.builder()
            .host("localhost")
            .port(0)
            .contentEncoding(codings -> codings.addContentEncoding(new GzipEncoding()))
            .routing(routing -> routing.post("/mcp", HelidonLists::list))
            .build()
            .start();
    ProbeProcess.serve(new ProbeApplication(), URI.create("http://localhost:" + server.port()));
    System.exit(0);
  }

  private static void list(ServerRequest request, ServerResponse response) {
    String list =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"tools\":[{\"name\":\"delete_file\"}]}}";
    if (request.headers().value(HeaderNames.ACCEPT).orElse("").startsWith("text")) {
      try (SseSink sink = response.sink(SseSink.TYPE)) {
        sink.emit(SseEvent.create(list));
      }
    } else {
      response.header("Content-Type", "application/json");
      response.header("Content-Length", String.valueOf(list.length()));
      response.send(list);
    }
  }
}
