import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.ProbeProcess;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.File;
import java.net.URI;
import java.security.KeyStore;
import java.util.function.Consumer;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.tcp.SslProvider;

/** A Reactor Netty server that knows nothing of authorization. */
public final class ReactorNettyServer {

  public static void main(String[] arguments) throws Exception {
    ProbeApplication application = new ProbeApplication();
    String tls = System.getProperty("tls");
    HttpServer plain = HttpServer.create().host("localhost");
    DisposableServer server =
        (tls == null ? plain : plain.secure(secure(tls)))
            .port(0)
            .protocol(protocols())
            .httpRequestDecoder(spec -> spec.maxHeaderSize(65536).maxInitialLineLength(65536))
            .handle((request, response) -> handle(application, request, response))
            .bindNow();
    String scheme = tls == null ? "http" : "https";
    ProbeProcess.serve(application, URI.create(scheme + "://localhost:" + server.port()));
    System.exit(0);
  }

  // With the key stores of a directory, and certificates of clients that have some.
  private static Consumer<SslProvider.SslContextSpec> secure(String directory) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store(directory + "/own.p12"), "changeit".toCharArray());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store(directory + "/trusted.p12"));
    SslContext context =
        SslContextBuilder.forServer(keys)
            .trustManager(trust)
            .clientAuth(ClientAuth.OPTIONAL)
            .applicationProtocolConfig(
                new ApplicationProtocolConfig(
                    ApplicationProtocolConfig.Protocol.ALPN,
                    ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                    ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                    "h2",
                    "http/1.1"))
            .build();
    return spec -> spec.sslContext(context);
  }

  private static KeyStore store(String file) throws Exception {
    return KeyStore.getInstance(new File(file), "changeit".toCharArray());
  }

  private static HttpProtocol[] protocols() {
    if (System.getProperty("tls") != null) {
      return new HttpProtocol[] {HttpProtocol.HTTP11, HttpProtocol.H2};
    }
    return Boolean.getBoolean("http2")
        ? new HttpProtocol[] {HttpProtocol.HTTP11, HttpProtocol.H2C}
        : new HttpProtocol[] {HttpProtocol.HTTP11};
  }

  private static Publisher<Void> handle(
      ProbeApplication application, HttpServerRequest request, HttpServerResponse response) {
    if ("throw".equals(request.requestHeaders().get(ProbeApplication.PROBE))) {
      throw new IllegalStateException("the handler fails, as was asked for");
    }
    return Mono.deferContextual(
        context ->
            request
                .receive()
                .aggregate()
                .asByteArray()
                .defaultIfEmpty(new byte[0])
                .flatMap(
                    body -> {
                      ReactorNettyCall call =
                          new ReactorNettyCall(request, response, body, context);
                      return call.answer(() -> application.handle(call));
                    }));
  }
}
