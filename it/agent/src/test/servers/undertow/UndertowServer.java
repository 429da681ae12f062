import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.ProbeProcess;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.handlers.BlockingHandler;
import java.net.InetSocketAddress;
import java.net.URI;

/** A handler of Undertow, which knows nothing of authorization. */
public final class UndertowServer {

  public static void main(String[] arguments) throws Exception {
    ProbeApplication application = new ProbeApplication();
    Undertow server =
        Undertow.builder()
            .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
            .addHttpListener(
                0,
                "localhost",
                new BlockingHandler(exchange -> application.handle(new UndertowCall(exchange))))
            .build();
    server.start();
    InetSocketAddress address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    ProbeProcess.serve(application, URI.create("http://localhost:" + address.getPort()));
    System.exit(0);
  }
}
