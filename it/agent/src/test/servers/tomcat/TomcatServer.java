import dev.countersign.it.servlet.ProbeServlet;
import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.ProbeProcess;
import java.net.URI;
import java.nio.file.Files;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;

/** An embedded Tomcat that knows nothing of authorization. */
public final class TomcatServer {

  public static void main(String[] arguments) throws Exception {
    String directory = Files.createTempDirectory("tomcat").toString();
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(directory);
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", "localhost");
    connector.setProperty("maxHttpRequestHeaderSize", "65536");
    connector.setProperty("maxHttpHeaderSize", "65536");
    connector.setProperty("maxKeepAliveRequests", "-1");
    if (Boolean.getBoolean("http2")) {
      connector.addUpgradeProtocol(new Http2Protocol());
    }
    tomcat.setConnector(connector);
    ProbeApplication application = new ProbeApplication();
    Context context = tomcat.addContext("", directory);
    Wrapper servlet = Tomcat.addServlet(context, "probe", new ProbeServlet(application));
    servlet.setAsyncSupported(true);
    context.addServletMappingDecoded("/*", "probe");
    Tomcat.addServlet(context, "listening", new ListeningServlet()).setAsyncSupported(true);
    context.addServletMappingDecoded("/listening", "listening");
    tomcat.start();
    ProbeProcess.serve(application, URI.create("http://localhost:" + connector.getLocalPort()));
    System.exit(0);
  }
}
