package dev.countersign.it.jetty;

import dev.countersign.it.servlet.Identity;
import dev.countersign.it.servlet.TlsContainer;
import dev.countersign.it.servlet.WebApplication;
import dev.countersign.testkit.RunningServer;
import java.net.URI;
import org.eclipse.jetty.ee11.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Jetty in this JVM. */
final class EmbeddedJetty implements TlsContainer {

  @Override
  public RunningServer start(WebApplication application) throws Exception {
    Server server = new Server();
    return start(
        application, new ServerConnector(server, new HttpConnectionFactory(http())), "http");
  }

  @Override
  public RunningServer startTls(WebApplication application, Identity tls) throws Exception {
    SslContextFactory.Server ssl = new SslContextFactory.Server();
    ssl.setSslContext(tls.context());
    ssl.setWantClientAuth(true);
    HttpConfiguration http = http();
    // Without a look at the server name, which a client does not send for localhost.
    http.addCustomizer(new SecureRequestCustomizer(false));
    ServerConnector connector =
        new ServerConnector(new Server(), ssl, new HttpConnectionFactory(http));
    return start(application, connector, "https");
  }

  private static HttpConfiguration http() {
    HttpConfiguration http = new HttpConfiguration();
    http.setRequestHeaderSize(64 * 1024);
    return http;
  }

  private static RunningServer start(
      WebApplication application, ServerConnector connector, String scheme) throws Exception {
    Server server = connector.getServer();
    connector.setHost("localhost");
    server.addConnector(connector);
    server.setHandler(handler(application));
    try {
      server.start();
    } catch (Exception e) {
      server.stop();
      throw e;
    }
    return new RunningServer(
        URI.create(scheme + "://localhost:" + connector.getLocalPort()), server::stop);
  }

  private static ServletContextHandler handler(WebApplication application) {
    ServletContextHandler handler = new ServletContextHandler();
    handler.setContextPath(application.contextPath().isEmpty() ? "/" : application.contextPath());
    handler.addServletContainerInitializer(
        (classes, context) -> application.registration().register(context));
    if (!application.errorPage().isEmpty()) {
      ErrorPageErrorHandler pages = new ErrorPageErrorHandler();
      pages.addErrorPage(ErrorPageErrorHandler.GLOBAL_ERROR_PAGE, application.errorPage());
      handler.setErrorHandler(pages);
    }
    return handler;
  }
}
