package dev.countersign.it.tomcat10;

import dev.countersign.it.servlet.ServletContainer;
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

/** Tomcat in this JVM. */
final class EmbeddedTomcat implements ServletContainer {

  @Override
  public RunningServer start(WebApplication application) throws Exception {
    Path directory = Files.createTempDirectory("tomcat");
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(directory.toString());
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", "localhost");
    connector.setProperty("maxHttpRequestHeaderSize", "65536");
    tomcat.setConnector(connector);
    deploy(tomcat, application, directory);
    tomcat.start();
    URI uri = URI.create("http://localhost:" + connector.getLocalPort());
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
