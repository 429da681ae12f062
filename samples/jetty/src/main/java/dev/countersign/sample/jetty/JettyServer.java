package dev.countersign.sample.jetty;

import dev.countersign.ResourceServer;
import dev.countersign.servlet.ResourceServerFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.net.InetAddress;
import java.util.EnumSet;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;

/** Embedded Jetty with one servlet, and the filter in front of everything. */
final class JettyServer implements AutoCloseable {

  private final Server jetty = new Server();
  private final ServerConnector connector;

  /**
   * Takes the port, so that the resource identifier can name it; nothing is answered yet.
   *
   * @param port the port on the loopback; 0 for any that is free
   * @throws IOException if the port is taken
   */
  JettyServer(int port) throws IOException {
    // By default a connection hands out the field value that it has seen before in another letter
    // case: a
    // token that was not sent.
    HttpConfiguration http = new HttpConfiguration();
    http.setHeaderCacheCaseSensitive(true);
    connector = new ServerConnector(jetty, new HttpConnectionFactory(http));
    connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    connector.setPort(port);
    connector.open();
    jetty.addConnector(connector);
  }

  int port() {
    return connector.getLocalPort();
  }

  void start(ResourceServer engine, HttpServlet mcp) throws Exception {
    ServletContextHandler context = new ServletContextHandler();
    context.setContextPath("/");
    FilterHolder filter = new FilterHolder(new ResourceServerFilter(engine));
    filter.setAsyncSupported(true);
    context.addFilter(filter, "/*", EnumSet.allOf(DispatcherType.class));
    ServletHolder servlet = new ServletHolder(mcp);
    servlet.setAsyncSupported(true);
    context.addServlet(servlet, "/mcp/*");
    jetty.setHandler(context);
    jetty.start();
  }

  void join() throws InterruptedException {
    jetty.join();
  }

  @Override
  public void close() {
    LifeCycle.stop(jetty);
  }
}
