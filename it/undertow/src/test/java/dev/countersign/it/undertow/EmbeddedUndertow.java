package dev.countersign.it.undertow;

import dev.countersign.it.servlet.Identity;
import dev.countersign.it.servlet.TlsContainer;
import dev.countersign.it.servlet.WebApplication;
import dev.countersign.testkit.RunningServer;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
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
import java.util.function.BiFunction;
import javax.net.ssl.SSLContext;
import org.xnio.Options;
import org.xnio.SslClientAuthMode;

/** Undertow in this JVM. */
final class EmbeddedUndertow implements TlsContainer {

  @Override
  public RunningServer start(WebApplication application) throws Exception {
    return start(
        application, "http", (server, handler) -> server.addHttpListener(0, "localhost", handler));
  }

  @Override
  public RunningServer startTls(WebApplication application, Identity tls) throws Exception {
    SSLContext context = tls.context();
    return start(
        application,
        "https",
        (server, handler) ->
            server
                .addHttpsListener(0, "localhost", context, handler)
                .setSocketOption(Options.SSL_CLIENT_AUTH_MODE, SslClientAuthMode.REQUESTED));
  }

  private static RunningServer start(
      WebApplication application,
      String scheme,
      BiFunction<Undertow.Builder, HttpHandler, Undertow.Builder> listener)
      throws Exception {
    String path = application.contextPath().isEmpty() ? "/" : application.contextPath();
    DeploymentManager deployment =
        Servlets.newContainer().addDeployment(deployment(application, path));
    deployment.deploy();
    PathHandler handler = Handlers.path().addPrefixPath(path, deployment.start());
    Undertow server = listener.apply(Undertow.builder(), handler).build();
    server.start();
    InetSocketAddress address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    return new RunningServer(
        URI.create(scheme + "://localhost:" + address.getPort()),
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
