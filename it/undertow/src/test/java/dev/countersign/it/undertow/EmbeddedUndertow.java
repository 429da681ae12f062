package dev.countersign.it.undertow;

import dev.countersign.it.servlet.ServletContainer;
import dev.countersign.it.servlet.WebApplication;
import dev.countersign.testkit.RunningServer;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.server.handlers.PathHandler;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.ServletContainerInitializer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Set;

/** Undertow in this JVM. */
final class EmbeddedUndertow implements ServletContainer {

  @Override
  public RunningServer start(WebApplication application) throws Exception {
    String path = application.contextPath().isEmpty() ? "/" : application.contextPath();
    DeploymentManager deployment =
        Servlets.newContainer().addDeployment(deployment(application, path));
    deployment.deploy();
    PathHandler handler = Handlers.path().addPrefixPath(path, deployment.start());
    Undertow server = Undertow.builder().addHttpListener(0, "localhost", handler).build();
    server.start();
    InetSocketAddress address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    return new RunningServer(
        URI.create("http://localhost:" + address.getPort()),
        () -> {
          server.stop();
          deployment.stop();
          deployment.undeploy();
        });
  }

  private static DeploymentInfo deployment(WebApplication application, String path) {
    ServletContainerInitializer initializer =
        (classes, context) -> application.registration().register(context);
    DeploymentInfo deployment =
        Servlets.deployment()
            .setClassLoader(EmbeddedUndertow.class.getClassLoader())
            .setContextPath(path)
            .setDeploymentName("probe")
            .addServletContainerInitializer(
                new ServletContainerInitializerInfo(
                    initializer.getClass(), new ImmediateInstanceFactory<>(initializer), Set.of()));
    if (!application.errorPage().isEmpty()) {
      deployment.addErrorPage(Servlets.errorPage(application.errorPage()));
    }
    return deployment;
  }
}
