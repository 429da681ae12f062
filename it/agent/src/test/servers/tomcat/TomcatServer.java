import dev.countersign.it.servlet.ProbeServlet;
import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.ProbeProcess;
import java.net.URI;
import java.nio.file.Files;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.authenticator.BasicAuthenticator;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.IntrospectionUtils;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.descriptor.web.LoginConfig;
import org.apache.tomcat.util.descriptor.web.SecurityCollection;
import org.apache.tomcat.util.descriptor.web.SecurityConstraint;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/** An embedded Tomcat that knows nothing of authorization. */
public final class TomcatServer {

  public static void main(String[] arguments) throws Exception {
    String directory = Files.createTempDirectory("tomcat").toString();
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(directory);
    Connector connector = new Connector(System.getProperty("protocol", "HTTP/1.1"));
    connector.setPort(0);
    connector.setProperty("address", "localhost");
    connector.setProperty("maxHttpRequestHeaderSize", "65536");
    connector.setProperty("maxHttpHeaderSize", "65536");
    connector.setProperty("maxKeepAliveRequests", "-1");
    // Of AJP: any web server may connect, and its users are looked up.
    connector.setProperty("secretRequired", "false");
    connector.setProperty("tomcatAuthorization", "true");
    if (Boolean.getBoolean("http2")) {
      Http2Protocol http2 = new Http2Protocol();
      // Tomcat 9 has another limit there.
      IntrospectionUtils.setProperty(http2, "maxHeaderSize", "65536");
      connector.addUpgradeProtocol(http2);
    }
    String tls = System.getProperty("tls");
    if (tls != null) {
      secure(connector, tls);
    }
    tomcat.setConnector(connector);
    ProbeApplication application = new ProbeApplication();
    Context context = tomcat.addContext("", directory);
    Wrapper servlet = Tomcat.addServlet(context, "probe", new ProbeServlet(application));
    servlet.setAsyncSupported(true);
    context.addServletMappingDecoded("/*", "probe");
    Tomcat.addServlet(context, "listening", new ListeningServlet()).setAsyncSupported(true);
    context.addServletMappingDecoded("/listening", "listening");
    constrain(context);
    ErrorPage page = new ErrorPage();
    page.setErrorCode(455);
    page.setLocation("/roles");
    context.addErrorPage(page);
    tomcat.start();
    ProbeProcess.serve(
        application,
        URI.create(connector.getScheme() + "://localhost:" + connector.getLocalPort()));
    System.exit(0);
  }

  // With the key stores of a directory, and certificates of clients that have some.
  private static void secure(Connector connector, String directory) {
    connector.setScheme("https");
    connector.setSecure(true);
    connector.setProperty("SSLEnabled", "true");
    SSLHostConfig host = new SSLHostConfig();
    host.setCertificateVerification("optional");
    host.setTruststoreFile(directory + "/trusted.p12");
    host.setTruststorePassword("changeit");
    host.setTruststoreType("PKCS12");
    SSLHostConfigCertificate own =
        new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
    own.setCertificateKeystoreFile(directory + "/own.p12");
    own.setCertificateKeystorePassword("changeit");
    own.setCertificateKeystoreType("PKCS12");
    host.addCertificate(own);
    connector.addSslHostConfig(host);
  }

  // What web.xml says with security-constraint and login-config.
  private static void constrain(Context context) {
    SecurityCollection pages = new SecurityCollection();
    pages.addPattern("/roles/writers");
    SecurityConstraint constraint = new SecurityConstraint();
    constraint.addAuthRole("files:write");
    constraint.addCollection(pages);
    context.addConstraint(constraint);
    context.addSecurityRole("files:write");
    context.setLoginConfig(new LoginConfig("BASIC", "own", null, null));
    context.getPipeline().addValve(new BasicAuthenticator());
  }
}
