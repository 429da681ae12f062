import dev.countersign.it.servlet.ProbeServlet;
import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.ProbeProcess;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import java.net.InetSocketAddress;
import java.net.URI;

/** A web application on Undertow, which knows nothing of authorization. */
public final class UndertowServletServer {

  public static void main(String[] arguments) throws Exception {
    ProbeApplication application = new ProbeApplication();
    DeploymentInfo deployment =
        Servlets.deployment()
            .setClassLoader(UndertowServletServer.class.getClassLoader())
            .setContextPath("/")
            .setDeploymentName("probe")
            .addServlet(
                Servlets.servlet(
                        "probe",
                        ProbeServlet.class,
                        new ImmediateInstanceFactory<>(new ProbeServlet(application)))
                    .setAsyncSupported(true)
                    .addMapping("/*"))
            .addErrorPage(Servlets.errorPage("/roles", 455));
    DeploymentManager manager = Servlets.newContainer().addDeployment(deployment);
    manager.deploy();
    Undertow server =
        Undertow.builder()
            .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
            .addHttpListener(0, "localhost", manager.start())
            .build();
    server.start();
    InetSocketAddress address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    ProbeProcess.serve(application, URI.create("http://localhost:" + address.getPort()));
    System.exit(0);
  }
}
