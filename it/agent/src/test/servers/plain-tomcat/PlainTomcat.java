import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/** A servlet that does next to nothing, on an embedded Tomcat. */
public final class PlainTomcat extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final byte[] ANSWER = {'o', 'k'};

  public static void main(String[] arguments) throws Exception {
    String directory = Files.createTempDirectory("tomcat").toString();
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(directory);
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", "localhost");
    connector.setProperty("maxKeepAliveRequests", "-1");
    tomcat.setConnector(connector);
    Context context = tomcat.addContext("", directory);
    Tomcat.addServlet(context, "plain", new PlainTomcat());
    context.addServletMappingDecoded("/*", "plain");
    tomcat.start();
    System.out.println("probe http://localhost:" + connector.getLocalPort());
    System.in.read();
    System.exit(0);
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain");
    response.setContentLength(ANSWER.length);
    response.getOutputStream().write(ANSWER);
  }
}
