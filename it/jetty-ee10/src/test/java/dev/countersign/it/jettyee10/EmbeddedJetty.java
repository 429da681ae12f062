package dev.countersign.it.jettyee10;

import dev.countersign.it.servlet.ServletContainer;
import dev.countersign.it.servlet.WebApplication;
import dev.countersign.testkit.RunningServer;
import java.net.URI;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Jetty in this JVM. */
final class EmbeddedJetty implements ServletContainer {

  @Override
  public RunningServer start(WebApplication application) throws Exception {
    Server server = new Server();
    HttpConfiguration http = new HttpConfiguration();
    http.setRequestHeaderSize(64 * 1024);
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
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
        URI.create("http://localhost:" + connector.getLocalPort()), server::stop);
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
