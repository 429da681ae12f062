import dev.countersign.it.servlet.ProbeServlet;
import dev.countersign.testkit.CertificateAuthority;
import dev.countersign.testkit.ProbeApplication;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.net.SSLHostConfigCertificate.Type;

/** An embedded Tomcat behind TLS. */
public final class TlsTomcat {

  public static void main(String[] arguments) throws Exception {
    String directory = Files.createTempDirectory("tomcat").toString();
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(directory);
    tomcat.setConnector(connector());
    Context context = tomcat.addContext("", directory);
    Tomcat.addServlet(context, "probe", new ProbeServlet(new ProbeApplication()))
        .setAsyncSupported(true);
    context.addServletMappingDecoded("/*", "probe");
    tomcat.start();
    System.out.println("probe https://localhost:" + tomcat.getConnector().getLocalPort());
    System.in.read();
    System.exit(0);
  }

  private static Connector connector() throws Exception {
    SSLHostConfig host = new SSLHostConfig();
    SSLHostConfigCertificate own = new SSLHostConfigCertificate(host, Type.UNDEFINED);
    own.setCertificateKeystore(
        CertificateAuthority.create("self")
            .keyStore("mcp.example.com", Instant.now(), Duration.ofDays(1)));
    own.setCertificateKeystorePassword("");
    host.addCertificate(own);
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setScheme("https");
    connector.setSecure(true);
    connector.setProperty("address", "localhost");
    connector.setProperty("SSLEnabled", "true");
    connector.addSslHostConfig(host);
    return connector;
  }
}
