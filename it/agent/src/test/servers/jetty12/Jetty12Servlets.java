import dev.countersign.it.servlet.ProbeServlet;
import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.ProbeProcess;
import jakarta.servlet.Servlet;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.function.Supplier;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * A servlet environment of Jetty 12, by its name in the property {@code ee}, with every spelling of
 * a path let through to the servlet.
 */
public final class Jetty12Servlets {

  private static final String PACKAGE =
      "org.eclipse.jetty." + System.getProperty("ee") + ".servlet.";

  public static void main(String[] arguments) throws Exception {
    Server server = new Server();
    HttpConfiguration http = new HttpConfiguration();
    http.setRequestHeaderSize(64 * 1024);
    http.setUriCompliance(UriCompliance.UNSAFE);
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost("localhost");
    server.addConnector(connector);
    ProbeApplication application = new ProbeApplication();
    server.setHandler(context(new ProbeServlet(application)));
    server.start();
    ProbeProcess.serve(application, URI.create("http://localhost:" + connector.getLocalPort()));
    System.exit(0);
  }

  // The environments have the same names in packages of their own.
  private static Handler context(Servlet servlet) throws ReflectiveOperationException {
    Class<?> holderType = Class.forName(PACKAGE + "ServletHolder");
    Object holder = holderType.getConstructor(Servlet.class).newInstance(servlet);
    holderType.getMethod("setAsyncSupported", boolean.class).invoke(holder, true);
    Class<?> contextType = Class.forName(PACKAGE + "ServletContextHandler");
    Object context = contextType.getConstructor().newInstance();
    contextType.getMethod("addServlet", holderType, String.class).invoke(context, holder, "/*");
    takeAmbiguousPaths(contextType.getMethod("getServletHandler").invoke(context));
    Class<?> errorsType = Class.forName(PACKAGE + "ErrorPageErrorHandler");
    Object errors = errorsType.getConstructor().newInstance();
    errorsType.getMethod("addErrorPage", int.class, String.class).invoke(errors, 455, "/roles");
    for (Method method : contextType.getMethods()) {
      if (method.getName().equals("setErrorHandler")
          && method.getParameterTypes()[0].isInstance(errors)) {
        method.invoke(context, errors);
      }
    }
    return context instanceof Supplier<?> supplier ? (Handler) supplier.get() : (Handler) context;
  }

  // Only from ee10 on it has to be asked.
  private static void takeAmbiguousPaths(Object servlets) throws ReflectiveOperationException {
    for (Method method : servlets.getClass().getMethods()) {
      if (method.getName().equals("setDecodeAmbiguousURIs")) {
        method.invoke(servlets, true);
      }
    }
  }
}
