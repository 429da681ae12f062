package dev.countersign.sample.authorizationserver;

import jakarta.servlet.Filter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardServer;
import org.apache.catalina.session.StandardManager;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.util.modeler.Registry;
import org.springframework.context.ApplicationContext;
import org.springframework.util.FileSystemUtils;

/** Embedded Tomcat on the loopback that holds its port before it serves. Thread-safe. */
final class LoopbackTomcat implements AutoCloseable {

  /** Kept, because a logger that nobody holds loses its level. */
  private static final List<Logger> QUIET =
      List.of(Logger.getLogger("org.apache"), Logger.getLogger("org.springframework"));

  private final Tomcat tomcat = new Tomcat();
  private final Path workDirectory;
  private final StandardContext context;

  private LoopbackTomcat(Connector connector) throws IOException {
    workDirectory = Files.createTempDirectory("countersign-demo");
    tomcat.setBaseDir(workDirectory.toString());
    tomcat.setConnector(connector);
    if (tomcat.getServer() instanceof StandardServer server) {
      server.setUtilityThreadsAsDaemon(true);
    }
    ErrorReportValve errors = new ErrorReportValve();
    errors.setShowServerInfo(false);
    tomcat.getHost().getPipeline().addValve(errors);
    context = (StandardContext) tomcat.addContext("", null);
    context.setParentClassLoader(LoopbackTomcat.class.getClassLoader());
    // The searches for leaks look into the JDK, and warn when they may not.
    context.setClearReferencesRmiTargets(false);
    context.setClearReferencesThreadLocals(false);
    // Cookies do not know ports: another server on localhost must not share this one.
    context.setSessionCookieName("countersign-demo-login");
    StandardManager sessions = new StandardManager();
    sessions.setPathname(null);
    context.setManager(sessions);
  }

  /**
   * Binds the port and serves nothing yet.
   *
   * @param port the port, 0 for a free one
   * @throws IllegalStateException if the port is taken
   */
  static LoopbackTomcat bind(int port) {
    for (Logger logger : QUIET) {
      if (logger.getLevel() == null) {
        logger.setLevel(Level.WARNING);
      }
    }
    // Both would change the whole JVM: JMX names and the handlers of URLs.
    Registry.disableRegistry();
    TomcatURLStreamHandlerFactory.disable();
    Connector connector = new Connector();
    connector.setPort(port);
    connector.setProperty("address", InetAddress.getLoopbackAddress().getHostAddress());
    connector.setThrowOnFailure(true);
    try {
      LoopbackTomcat bound = new LoopbackTomcat(connector);
      bound.init(port);
      return bound;
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary directory for Tomcat", e);
    }
  }

  private void init(int port) {
    try {
      tomcat.init();
    } catch (LifecycleException e) {
      close();
      throw new IllegalStateException(explain(port, e), e);
    }
  }

  private static String explain(int port, Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof BindException) {
        return "port " + port + " is taken; choose another one, or 0 for a free one";
      }
    }
    return "the authorization server cannot listen on port " + port;
  }

  int port() {
    return tomcat.getConnector().getLocalPort();
  }

  /** Starts to answer, with the security filter chain and the consent page among the beans. */
  void serve(ApplicationContext beans) {
    FilterDef chain = new FilterDef();
    chain.setFilterName("springSecurityFilterChain");
    chain.setFilter(beans.getBean(chain.getFilterName(), Filter.class));
    context.addFilterDef(chain);
    FilterMap everywhere = new FilterMap();
    everywhere.setFilterName(chain.getFilterName());
    everywhere.addURLPattern("/*");
    context.addFilterMap(everywhere);
    // Mapped to everything, because Tomcat runs no filter where no servlet is.
    Wrapper pages = Tomcat.addServlet(context, "pages", beans.getBean(ConsentPage.class));
    pages.addMapping("/");
    try {
      tomcat.start();
    } catch (LifecycleException e) {
      throw new IllegalStateException("the authorization server does not start", e);
    }
  }

  @Override
  public void close() {
    try {
      tomcat.stop();
      tomcat.destroy();
      FileSystemUtils.deleteRecursively(workDirectory);
    } catch (LifecycleException e) {
      throw new IllegalStateException("the authorization server does not stop", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete the temporary directory of Tomcat", e);
    }
  }
}
