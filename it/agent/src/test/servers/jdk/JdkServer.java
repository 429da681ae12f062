import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.ProbeProcess;
import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.KeyStore;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/** The HttpServer of the JDK, which knows nothing of authorization. */
public final class JdkServer {

  public static void main(String[] arguments) throws Exception {
    ProbeApplication application = new ProbeApplication();
    ExecutorService threads = Executors.newCachedThreadPool();
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    String tls = System.getProperty("tls");
    HttpServer server = tls == null ? HttpServer.create(address, 0) : secure(address, tls);
    server.setExecutor(threads);
    server.createContext("/", exchange -> application.handle(new JdkServerCall(exchange, threads)));
    server.start();
    String scheme = tls == null ? "http" : "https";
    ProbeProcess.serve(
        application, URI.create(scheme + "://localhost:" + server.getAddress().getPort()));
    System.exit(0);
  }

  // With the key stores of a directory, and certificates of clients that have some.
  private static HttpServer secure(InetSocketAddress address, String directory) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store(directory + "/own.p12"), "changeit".toCharArray());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store(directory + "/trusted.p12"));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    HttpsServer server = HttpsServer.create(address, 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters connection) {
            SSLParameters parameters = context.getDefaultSSLParameters();
            parameters.setWantClientAuth(true);
            connection.setSSLParameters(parameters);
          }
        });
    return server;
  }

  private static KeyStore store(String file) throws Exception {
    return KeyStore.getInstance(new File(file), "changeit".toCharArray());
  }
}
