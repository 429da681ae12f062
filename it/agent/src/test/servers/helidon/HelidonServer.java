import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.ProbeProcess;
import io.helidon.common.tls.Tls;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http1.Http1Config;
import java.io.File;
import java.net.URI;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/** A server of Helidon that knows nothing of authorization. */
public final class HelidonServer {

  public static void main(String[] arguments) throws Exception {
    ProbeApplication application = new ProbeApplication();
    String tls = System.getProperty("tls");
    WebServerConfig.Builder builder = WebServer.builder();
    WebServer server =
        (tls == null ? builder : builder.tls(secure(tls)))
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
    String scheme = tls == null ? "http" : "https";
    ProbeProcess.serve(application, URI.create(scheme + "://localhost:" + server.port()));
    System.exit(0);
  }

  // With the key stores of a directory, and certificates of clients that have some.
  private static Tls secure(String directory) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store(directory + "/own.p12"), "changeit".toCharArray());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store(directory + "/trusted.p12"));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    SSLParameters parameters = context.getDefaultSSLParameters();
    parameters.setWantClientAuth(true);
    parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
    return Tls.builder().sslContext(context).sslParameters(parameters).build();
  }

  private static KeyStore store(String file) throws Exception {
    return KeyStore.getInstance(new File(file), "changeit".toCharArray());
  }
}
