package dev.countersign.it.jdkhttpserver;

import com.sun.net.httpserver.HttpServer;
import dev.countersign.ResourceServer;
import dev.countersign.conformance.ContractRun;
import dev.countersign.it.servlet.ConformanceRow;
import dev.countersign.oauth.AccessToken;
import dev.countersign.sample.customframework.ProtectedHandler;
import dev.countersign.testkit.Capability;
import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.ResourceServerContract;
import dev.countersign.testkit.RunningServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The contract on the HttpServer of the JDK, attached as the sample of a custom framework does. */
class JdkHttpServerIT extends ResourceServerContract {

  @Override
  protected RunningServer start(ResourceServer engine, ProbeApplication application)
      throws IOException {
    ExecutorService threads = Executors.newCachedThreadPool();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        new ProtectedHandler(
            engine,
            (exchange, token) ->
                application.handle(
                    new HttpServerCall(exchange, token.map(AccessToken::subject), threads))));
    server.start();
    URI uri = URI.create("http://localhost:" + server.getAddress().getPort());
    return new RunningServer(
        uri,
        () -> {
          server.stop(0);
          threads.shutdownNow();
        });
  }

  /** The suite that strangers run, with its row in docs/conformance.md. */
  @Test
  void keepsEveryRuleOfTheConformanceSuite() throws IOException {
    ConformanceRow.check(
        ContractRun.of(
            "jdkhttpserver", endpoint(), endpointWithEverything(), authorizationServer()));
  }

  // This server turns every tab of a field line into a space.
  @Override
  protected Set<Capability> capabilities() {
    return EnumSet.complementOf(
        EnumSet.of(
            Capability.SESSIONS,
            Capability.STREAM_END,
            Capability.EXACT_FIELDS,
            Capability.BODY_FILTER));
  }
}
