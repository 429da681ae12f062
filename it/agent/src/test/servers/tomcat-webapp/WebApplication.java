import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/** A web application of a directory, with its own class loader and libraries, on Tomcat. */
public final class WebApplication {

  public static void main(String[] arguments) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", "localhost");
    tomcat.setConnector(connector);
    tomcat.addWebapp("", Path.of(System.getProperty("application")).toAbsolutePath().toString());
    tomcat.start();
    System.out.println("probe http://localhost:" + connector.getLocalPort());
    System.in.read();
    System.exit(0);
  }
}
