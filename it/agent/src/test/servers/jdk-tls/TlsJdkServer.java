import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.countersign.testkit.CertificateAuthority;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;

/** The HttpsServer of the JDK. */
public final class TlsJdkServer {

  public static void main(String[] arguments) throws Exception {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(
            CertificateAuthority.create("self")
                .serving("mcp.example.com", Instant.now(), Duration.ofDays(1))));
    server.createContext("/", exchange -> exchange.sendResponseHeaders(200, -1));
    server.start();
    System.out.println("probe https://localhost:" + server.getAddress().getPort());
    System.in.read();
    System.exit(0);
  }
}
