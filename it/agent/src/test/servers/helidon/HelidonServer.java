import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.ProbeProcess;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http1.Http1Config;
import java.net.URI;

/** A server of Helidon that knows nothing of authorization. */
public final class HelidonServer {

  public static void main(String[] arguments) throws Exception {
    ProbeApplication application = new ProbeApplication();
    WebServer server =
        WebServer.builder()
            .host("localhost")
            .port(0)
            .addProtocol(
                Http1Config.builder().maxHeadersSize(131_072).maxPrologueLength(65_536).build())
            .contentEncoding(codings -> codings.addContentEncoding(new GzipDecoding()))
            .routing(
                routing ->
                    routing.any(
                        (request, response) ->
                            application.handle(new HelidonCall(request, response))))
            .build()
            .start();
    ProbeProcess.serve(application, URI.create("http://localhost:" + server.port()));
    System.exit(0);
  }
}
