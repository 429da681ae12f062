package probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.it.servlet.ProbeServlet;
import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.ProbeProcess;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.annotation.WebListener;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The probe inside a web application of Open Liberty, which is told its port. */
@WebListener
public final class LibertyProbe implements ServletContextListener {

  private static final int PORT = Integer.getInteger("port");

  @Override
  public void contextInitialized(ServletContextEvent event) {
    ProbeApplication application = new ProbeApplication();
    ServletRegistration.Dynamic servlet =
        event.getServletContext().addServlet("probe", new ProbeServlet(application));
    servlet.addMapping("/*");
    servlet.setAsyncSupported(true);
    event.getServletContext().addServlet("login", new LoginServlet()).addMapping("/login");
    Thread thread = new Thread(() -> serve(application), "probe");
    thread.setDaemon(true);
    thread.start();
  }

  private static void serve(ProbeApplication application) {
    // The port is opened when the applications are there.
    while (!isOpen()) {
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    // Liberty's own stream cuts long lines.
    System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8));
    try {
      String scheme = Boolean.getBoolean("tls") ? "https" : "http";
      ProbeProcess.serve(application, URI.create(scheme + "://localhost:" + PORT));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      Runtime.getRuntime().halt(0);
    }
  }

  private static boolean isOpen() {
    try (Socket socket = new Socket("localhost", PORT)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
