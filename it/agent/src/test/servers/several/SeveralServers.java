import com.sun.net.httpserver.HttpServer;
import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.ProbeProcess;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.eclipse.jetty.util.Callback;

/**
 * Servers of three lines in one JVM, Tomcat and Jetty with several connectors, one of each on a
 * Unix domain socket in the directory {@code -Dsockets}. The ports are written to the file {@code
 * ports} there. All of them say that they have been reached.
 */
public final class SeveralServers {

  private static final byte[] REACHED = "reached".getBytes(StandardCharsets.US_ASCII);

  public static void main(String[] arguments) throws Exception {
    Path sockets = Path.of(System.getProperty("sockets"));
    Connector first = connector(0);
    Connector second = connector(0);
    Connector unix = connector(-1);
    unix.setProperty("unixDomainSocketPath", sockets.resolve("tomcat").toString());
    tomcat(first, second, unix);
    int jetty = jetty(sockets.resolve("jetty"));
    int jdk = jdk();
    int port = first.getLocalPort();
    Files.writeString(
        sockets.resolve("ports"), port + " " + second.getLocalPort() + " " + jetty + " " + jdk);
    ProbeProcess.serve(new ProbeApplication(), URI.create("http://localhost:" + port));
    System.exit(0);
  }

  private static Connector connector(int port) {
    Connector connector = new Connector();
    connector.setPort(port);
    if (port == 0) {
      connector.setProperty("address", "localhost");
    }
    return connector;
  }

  // With a page for refusals, which is the application's as well.
  private static void tomcat(Connector... connectors) throws Exception {
    String directory = Files.createTempDirectory("tomcat").toString();
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(directory);
    for (Connector connector : connectors) {
      tomcat.setConnector(connector);
    }
    Context context = tomcat.addContext("", directory);
    Tomcat.addServlet(context, "all", new All());
    context.addServletMappingDecoded("/*", "all");
    for (int status : List.of(401, 403)) {
      ErrorPage page = new ErrorPage();
      page.setErrorCode(status);
      page.setLocation("/error");
      context.addErrorPage(page);
    }
    tomcat.start();
  }

  private static int jetty(Path socket) throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("localhost");
    UnixDomainServerConnector unix = new UnixDomainServerConnector(server);
    unix.setUnixDomainPath(socket);
    server.addConnector(connector);
    server.addConnector(unix);
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            response.write(true, ByteBuffer.wrap(REACHED), callback);
            return true;
          }
        });
    server.start();
    return connector.getLocalPort();
  }

  private static int jdk() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, REACHED.length);
          exchange.getResponseBody().write(REACHED);
          exchange.close();
        });
    server.start();
    return server.getAddress().getPort();
  }

  private static final class All extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getOutputStream().write(REACHED);
    }
  }
}
