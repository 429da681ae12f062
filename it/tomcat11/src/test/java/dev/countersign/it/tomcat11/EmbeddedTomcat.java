package dev.countersign.it.tomcat11;

import dev.countersign.it.servlet.Identity;
import dev.countersign.it.servlet.TlsContainer;
import dev.countersign.it.servlet.WebApplication;
import dev.countersign.testkit.RunningServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.net.SSLHostConfigCertificate.Type;

/** Tomcat in this JVM. */
final class EmbeddedTomcat implements TlsContainer {

  @Override
  public RunningServer start(WebApplication application) throws Exception {
    return start(application, new Connector(), "http");
  }

  @Override
  public RunningServer startTls(WebApplication application, Identity tls) throws Exception {
    Connector connector = new Connector();
    connector.setScheme("https");
    connector.setSecure(true);
    connector.setProperty("SSLEnabled", "true");
    SSLHostConfig host = new SSLHostConfig();
    host.setCertificateVerification("optional");
    host.setTruststoreFile(tls.trustStore().toString());
    host.setTruststorePassword(Identity.PASSWORD);
    host.setTruststoreType("PKCS12");
    SSLHostConfigCertificate own = new SSLHostConfigCertificate(host, Type.UNDEFINED);
    own.setCertificateKeystoreFile(tls.keyStore().toString());
    own.setCertificateKeystorePassword(Identity.PASSWORD);
    own.setCertificateKeystoreType("PKCS12");
    host.addCertificate(own);
    connector.addSslHostConfig(host);
    return start(application, connector, "https");
  }

  private static RunningServer start(WebApplication application, Connector connector, String scheme)
      throws Exception {
    Path directory = Files.createTempDirectory("tomcat");
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(directory.toString());
    connector.setPort(0);
    connector.setProperty("address", "localhost");
    connector.setProperty("maxHttpRequestHeaderSize", "65536");
    tomcat.setConnector(connector);
    deploy(tomcat, application, directory);
    tomcat.start();
    URI uri = URI.create(scheme + "://localhost:" + connector.getLocalPort());
    return new RunningServer(uri, () -> stop(tomcat, directory));
  }

  private static void deploy(Tomcat tomcat, WebApplication application, Path directory) {
    Context context = tomcat.addContext(application.contextPath(), directory.toString());
    context.addServletContainerInitializer(
        (classes, servletContext) -> application.registration().register(servletContext), Set.of());
    if (!application.errorPage().isEmpty()) {
      ErrorPage page = new ErrorPage();
      page.setLocation(application.errorPage());
      context.addErrorPage(page);
    }
  }

  private static void stop(Tomcat tomcat, Path directory) throws LifecycleException, IOException {
    tomcat.stop();
    tomcat.destroy();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
