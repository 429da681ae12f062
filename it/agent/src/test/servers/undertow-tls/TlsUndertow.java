import dev.countersign.testkit.CertificateAuthority;
import io.undertow.Undertow;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;

/** A handler of Undertow behind TLS. */
public final class TlsUndertow {

  public static void main(String[] arguments) throws Exception {
    Undertow server =
        Undertow.builder()
            .addHttpsListener(
                0,
                "localhost",
                CertificateAuthority.create("self")
                    .serving("mcp.example.com", Instant.now(), Duration.ofDays(1)),
                exchange -> exchange.setStatusCode(200).endExchange())
            .build();
    server.start();
    InetSocketAddress address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    System.out.println("probe https://localhost:" + address.getPort());
    System.in.read();
    System.exit(0);
  }
}
