import dev.countersign.it.servlet.ProbeServlet;
import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.ProbeProcess;
import java.lang.reflect.Method;
import java.net.URI;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;

/**
 * Jetty with one servlet, and with every spelling of a path let through to it. With {@code
 * -Dhttp2=true} it also speaks HTTP/2.
 */
public final class Jetty9Server {

  public static void main(String[] arguments) throws Exception {
    Server server = new Server();
    HttpConfiguration http = new HttpConfiguration();
    http.setRequestHeaderSize(64 * 1024);
    takeEveryPath(http);
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    if (Boolean.getBoolean("http2")) {
      connector.addConnectionFactory(new HTTP2CServerConnectionFactory(http));
    }
    connector.setHost("localhost");
    server.addConnector(connector);
    ProbeApplication application = new ProbeApplication();
    ServletContextHandler context = new ServletContextHandler();
    ServletHolder holder = new ServletHolder(new ProbeServlet(application));
    holder.setAsyncSupported(true);
    context.addServlet(holder, "/*");
    ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
    errors.addErrorPage(455, "/roles");
    context.setErrorHandler(errors);
    server.setHandler(context);
    server.start();
    ProbeProcess.serve(application, URI.create("http://localhost:" + connector.getLocalPort()));
    System.exit(0);
  }

  // 9.4 has no such setting, and takes them all.
  private static void takeEveryPath(HttpConfiguration http) throws ReflectiveOperationException {
    for (Method method : HttpConfiguration.class.getMethods()) {
      if (method.getName().equals("setUriCompliance")) {
        method.invoke(http, method.getParameterTypes()[0].getField("UNSAFE").get(null));
      }
    }
  }
}
