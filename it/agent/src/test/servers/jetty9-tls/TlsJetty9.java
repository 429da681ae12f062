import dev.countersign.it.servlet.ProbeServlet;
import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.ProbeProcess;
import java.net.URI;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Jetty with one servlet behind TLS. Versions before 9.4.15 have other classes for that. */
public final class TlsJetty9 {

  public static void main(String[] arguments) throws Exception {
    Server server = new Server();
    HttpConfiguration http = new HttpConfiguration();
    ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
    alpn.setDefaultProtocol("http/1.1");
    ServerConnector connector =
        new ServerConnector(
            server,
            new SslConnectionFactory(secure(System.getProperty("tls")), alpn.getProtocol()),
            alpn,
            new HTTP2ServerConnectionFactory(http),
            new HttpConnectionFactory(http));
    connector.setHost("localhost");
    server.addConnector(connector);
    ProbeApplication application = new ProbeApplication();
    ServletContextHandler context = new ServletContextHandler();
    ServletHolder holder = new ServletHolder(new ProbeServlet(application));
    holder.setAsyncSupported(true);
    context.addServlet(holder, "/*");
    server.setHandler(context);
    server.start();
    ProbeProcess.serve(application, URI.create("https://localhost:" + connector.getLocalPort()));
    System.exit(0);
  }

  // With the key stores of a directory, and certificates of clients that have some.
  private static SslContextFactory.Server secure(String directory) {
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStorePath(directory + "/own.p12");
    tls.setKeyStorePassword("changeit");
    tls.setTrustStorePath(directory + "/trusted.p12");
    tls.setTrustStorePassword("changeit");
    tls.setWantClientAuth(true);
    return tls;
  }
}
