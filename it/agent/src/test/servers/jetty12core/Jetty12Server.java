import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.ProbeProcess;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * The core of Jetty without any servlet, and with every spelling of a path let through to the
 * handler. With {@code -Dhttp2=true} it also speaks HTTP/2, with {@code -Dthreads=select} the
 * handler runs on the threads that select.
 */
public final class Jetty12Server {

  public static void main(String[] arguments) throws Exception {
    Server server = new Server();
    HttpConfiguration http = new HttpConfiguration();
    http.setRequestHeaderSize(64 * 1024);
    http.setUriCompliance(UriCompliance.UNSAFE);
    String tls = System.getProperty("tls");
    ServerConnector connector = tls == null ? plain(server, http) : secure(server, http, tls);
    connector.setHost("localhost");
    server.addConnector(connector);
    ProbeApplication application = new ProbeApplication();
    server.setHandler(
        "select".equals(System.getProperty("threads"))
            ? new Selecting(application)
            : new Blocking(application));
    server.setDynamic(false);
    server.start();
    String scheme = tls == null ? "http" : "https";
    ProbeProcess.serve(
        application, URI.create(scheme + "://localhost:" + connector.getLocalPort()));
    System.exit(0);
  }

  private static ServerConnector plain(Server server, HttpConfiguration http) {
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    if (Boolean.getBoolean("http2")) {
      connector.addConnectionFactory(new HTTP2CServerConnectionFactory(http));
    }
    return connector;
  }

  // With the key stores of a directory, and certificates of clients that have some.
  private static ServerConnector secure(Server server, HttpConfiguration http, String directory) {
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStorePath(directory + "/own.p12");
    tls.setKeyStorePassword("changeit");
    tls.setTrustStorePath(directory + "/trusted.p12");
    tls.setTrustStorePassword("changeit");
    tls.setWantClientAuth(true);
    ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
    alpn.setDefaultProtocol("http/1.1");
    return new ServerConnector(
        server,
        new SslConnectionFactory(tls, alpn.getProtocol()),
        alpn,
        new HTTP2ServerConnectionFactory(http),
        new HttpConnectionFactory(http));
  }

  private static final class Blocking extends Handler.Abstract {

    private final ProbeApplication application;

    Blocking(ProbeApplication application) {
      this.application = application;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      application.handle(new CoreCall(request, response, callback));
      return true;
    }
  }

  private static final class Selecting extends Handler.Abstract.NonBlocking {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ProbeApplication application;

    Selecting(ProbeApplication application) {
      this.application = application;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      threads.execute(
          () -> {
            try {
              application.handle(new CoreCall(request, response, callback));
            } catch (Exception e) {
              callback.failed(e);
            }
          });
      return true;
    }
  }
}
