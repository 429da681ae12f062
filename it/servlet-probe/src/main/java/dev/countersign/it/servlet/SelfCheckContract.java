package dev.countersign.it.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.ResourceServer;
import dev.countersign.config.ConfigBuilder;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.servlet.ResourceServerFilter;
import dev.countersign.spi.Finding;
import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RecordingListener;
import dev.countersign.testkit.RunningServer;
import jakarta.servlet.DispatcherType;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the filter finds out about the server that it stands in. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
public abstract class SelfCheckContract {

  private static final Logger LOGGER = Logger.getLogger("dev.countersign");
  private static final String WELL = "self-check: this server answers as clients expect";

  private final TlsContainer container;
  private final FakeAuthorizationServer authorizationServer = FakeAuthorizationServer.start();
  private final ProbeApplication probe = new ProbeApplication();
  private final RecordingListener listener = new RecordingListener();
  private final BlockingQueue<String> logged = new LinkedBlockingQueue<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          logged.add(record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  /**
   * For the subclass.
   *
   * @param container what to start
   */
  protected SelfCheckContract(TlsContainer container) {
    this.container = container;
  }

  @BeforeEach
  void listen() {
    LOGGER.addHandler(handler);
  }

  @AfterEach
  void end() {
    LOGGER.removeHandler(handler);
    authorizationServer.close();
  }

  private ResourceServer engine(String resource, Consumer<ConfigBuilder> more) {
    ConfigBuilder builder =
        ResourceServerConfig.builder(resource)
            .authorizationServer(authorizationServer.issuer())
            .allowHttpOnLoopback()
            .listener(listener);
    more.accept(builder);
    return ResourceServer.create(builder.build());
  }

  private WebApplication application(ResourceServer engine, String context, String pattern) {
    return new WebApplication(
        context,
        "",
        servlets -> {
          var filter = servlets.addFilter("gate", new ResourceServerFilter(engine));
          filter.setAsyncSupported(true);
          filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, pattern);
          Guarded.servlet(servlets, "probe", new ProbeServlet(probe), "/*");
        });
  }

  private void awaitLine(String beginning) throws InterruptedException {
    String line;
    do {
      line = logged.poll(20, TimeUnit.SECONDS);
      assertTrue(line != null, "nothing is logged that begins with " + beginning);
    } while (!line.startsWith(beginning));
  }

  private static int status(RunningServer server, String target) throws Exception {
    return RawHttp.exchange(server.uri(), RawRequest.of("GET", target)).status();
  }

  @Test
  void K06_aServerThatIsGuardedFindsNothingAndTellsNobody() throws Exception {
    try (ResourceServer engine = engine("https://mcp.example.com/mcp", config -> {})) {
      RunningServer server = container.start(application(engine, "", "/*"));
      try {
        assertEquals(401, status(server, "/mcp"));
        awaitLine(WELL);

        assertEquals(List.of(), engine.findings());
        assertEquals(0, probe.invocations());
        assertEquals(1, listener.events().size(), listener.events()::toString);
      } finally {
        server.stop().close();
      }
    }
  }

  @Test
  void K06_theCertificateOfTheServerIsForItsPublicName(@TempDir Path directory) throws Exception {
    Identity identity = Identity.make(directory, "server");
    identity.trust(identity);
    try (ResourceServer engine = engine("https://mcp.example.com/mcp", config -> {})) {
      RunningServer server = container.startTls(application(engine, "", "/*"), identity);
      try {
        HttpClient client =
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(identity.anonymous())
                .build();
        HttpRequest request = HttpRequest.newBuilder(server.uri().resolve("/mcp")).build();
        assertEquals(401, client.send(request, BodyHandlers.discarding()).statusCode());
        awaitLine(WELL);

        assertEquals(List.of(), engine.findings());
      } finally {
        server.stop().close();
      }
    }
  }

  @Test
  void K06_M04_aFilterThatIsNotInFrontIsFoundAndNothingIsServed() throws Exception {
    try (ResourceServer engine =
        engine("https://mcp.example.com/mcp", config -> config.strictStart(true))) {
      RunningServer server = container.start(application(engine, "", "/other"));
      try {
        assertEquals(401, status(server, "/other"));
        awaitLine("nothing is served because of these errors (strict-start)");

        assertEquals(List.of("D32", "D18"), engine.findings().stream().map(Finding::id).toList());
        assertTrue(engine.isRefusing());
        assertEquals(503, status(server, "/other"));
      } finally {
        server.stop().close();
      }
    }
  }

  @Test
  void M06_belowAContextPathTheMetadataIsMissedWithoutAnError() throws Exception {
    try (ResourceServer engine = engine("https://mcp.example.com/ctx/mcp", config -> {})) {
      RunningServer server = container.start(application(engine, "/ctx", "/*"));
      try {
        assertEquals(401, status(server, "/ctx/mcp"));
        awaitLine(WELL);

        assertEquals(List.of("D57"), engine.findings().stream().map(Finding::id).toList());
        assertEquals(Finding.Level.WARNING, engine.findings().get(0).level());
      } finally {
        server.stop().close();
      }
    }
  }
}
