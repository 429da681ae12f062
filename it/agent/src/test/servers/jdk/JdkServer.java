import com.sun.net.httpserver.HttpServer;
import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.ProbeProcess;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The HttpServer of the JDK, which knows nothing of authorization. */
public final class JdkServer {

  public static void main(String[] arguments) throws Exception {
    ProbeApplication application = new ProbeApplication();
    ExecutorService threads = Executors.newCachedThreadPool();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", exchange -> application.handle(new JdkServerCall(exchange, threads)));
    server.start();
    ProbeProcess.serve(
        application, URI.create("http://localhost:" + server.getAddress().getPort()));
    System.exit(0);
  }
}
