import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.ProbeProcess;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.BlockingHandler;
import java.io.File;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.xnio.Options;
import org.xnio.SslClientAuthMode;

/** A handler of Undertow, which knows nothing of authorization. */
public final class UndertowServer {

  public static void main(String[] arguments) throws Exception {
    ProbeApplication application = new ProbeApplication();
    HttpHandler handler =
        new BlockingHandler(exchange -> application.handle(new UndertowCall(exchange)));
    String tls = System.getProperty("tls");
    Undertow.Builder builder =
        Undertow.builder().setServerOption(UndertowOptions.ENABLE_HTTP2, true);
    Undertow server =
        (tls == null
                ? builder.addHttpListener(0, "localhost", handler)
                : builder
                    .setSocketOption(Options.SSL_CLIENT_AUTH_MODE, SslClientAuthMode.REQUESTED)
                    .addHttpsListener(0, "localhost", secure(tls), handler))
            .build();
    server.start();
    InetSocketAddress address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    String scheme = tls == null ? "http" : "https";
    ProbeProcess.serve(application, URI.create(scheme + "://localhost:" + address.getPort()));
    System.exit(0);
  }

  private static SSLContext secure(String directory) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store(directory + "/own.p12"), "changeit".toCharArray());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store(directory + "/trusted.p12"));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static KeyStore store(String file) throws Exception {
    return KeyStore.getInstance(new File(file), "changeit".toCharArray());
  }
}
