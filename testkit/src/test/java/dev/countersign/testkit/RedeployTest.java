package dev.countersign.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonFactory;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JWSHeader;
import dev.countersign.ResourceServer;
import dev.countersign.config.ResourceServerConfig;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An application that is deployed again and again leaves nothing of itself behind. */
class RedeployTest {

  private static final String RESOURCE = "https://mcp.example.com/mcp";
  private static final int DEPLOYMENTS = 25;
  private static final int COLLECTIONS = 200;

  private final FakeAuthorizationServer server = FakeAuthorizationServer.start();

  @AfterEach
  void stop() {
    server.close();
  }

  /** What an application does from start to stop; loaded by a class loader of its own. */
  static final class Deployment implements Callable<String> {

    private final String issuer;
    private final String token;

    Deployment(String issuer, String token) {
      this.issuer = issuer;
      this.token = token;
    }

    @Override
    public String call() throws IOException {
      RecordingExchange exchange = RecordingExchange.of("POST", "/mcp").bearer(token);
      RecordingExchange refused = RecordingExchange.of("POST", "/mcp").bearer(token + "A");
      try (ResourceServer engine =
          ResourceServer.create(
              ResourceServerConfig.builder(RESOURCE)
                  .authorizationServer(issuer)
                  .allowHttpOnLoopback()
                  .build())) {
        engine.admit(exchange);
        engine.admit(refused);
      }
      return exchange.admission().isPresent() && refused.response().isPresent()
          ? "served"
          : exchange.response().toString();
    }
  }

  private static URL[] application() {
    return Stream.of(
            ResourceServer.class,
            RedeployTest.class,
            RecordingExchange.class,
            JsonFactory.class,
            JWSHeader.class,
            Caffeine.class,
            Nullable.class)
        .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
        .distinct()
        .toArray(URL[]::new);
  }

  /** Deploys, serves and undeploys; what is left is the loader, if anything holds it. */
  private WeakReference<ClassLoader> deploy() throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader =
        new URLClassLoader(application(), ClassLoader.getPlatformClassLoader())) {
      thread.setContextClassLoader(loader);
      var constructor =
          loader
              .loadClass(Deployment.class.getName())
              .getDeclaredConstructor(String.class, String.class);
      constructor.setAccessible(true);
      Callable<?> deployment =
          (Callable<?>) constructor.newInstance(server.issuer(), server.tokens(RESOURCE).valid());
      assertEquals("served", deployment.call());
      return new WeakReference<>(loader);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static long ours() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .map(Thread::getName)
        .filter(name -> name.startsWith("countersign") || name.startsWith("HttpClient"))
        .count();
  }

  // Bounded: a collection that finds nothing more to do is of no use a hundred times in a row.
  private static void collect(List<WeakReference<ClassLoader>> loaders) {
    for (int at = 0; at < COLLECTIONS; at++) {
      if (ours() == 0 && loaders.stream().allMatch(loader -> loader.get() == null)) {
        return;
      }
      System.gc();
      Thread.onSpinWait();
    }
  }

  @Test
  void KS38_redeployingLeavesNoThreadAndNoClassLoaderBehind() throws Exception {
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    for (int at = 0; at < DEPLOYMENTS; at++) {
      loaders.add(deploy());
    }

    // Of the last one the JDK keeps the types of the record that it linked last, in a soft
    // reference.
    loaders.remove(DEPLOYMENTS - 1);
    collect(loaders);

    assertEquals(0, ours(), () -> Thread.getAllStackTraces().keySet().toString());
    assertEquals(0, loaders.stream().filter(loader -> loader.get() != null).count());
  }
}
