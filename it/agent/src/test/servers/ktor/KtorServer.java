import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.ProbeProcess;
import io.ktor.server.application.ApplicationCallPipeline;
import io.ktor.server.application.ApplicationKt;
import io.ktor.server.config.MapApplicationConfig;
import io.ktor.server.engine.ApplicationEngine;
import io.ktor.server.engine.ApplicationEngineFactory;
import io.ktor.server.engine.ApplicationEnvironmentBuilder;
import io.ktor.server.engine.ApplicationEnvironmentBuilderKt;
import io.ktor.server.engine.EmbeddedServer;
import io.ktor.server.engine.EngineConnectorBuilder;
import io.ktor.server.engine.EngineConnectorConfig;
import io.ktor.server.engine.EngineSSLConnectorBuilder;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import kotlin.Pair;
import kotlin.Unit;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.BuildersKt;

/** A Ktor server that knows nothing of authorization, on the engine that is there. */
public final class KtorServer {

  private static final List<String> ENGINES =
      List.of(
          "io.ktor.server.netty.Netty",
          "io.ktor.server.cio.CIO",
          "io.ktor.server.jetty.jakarta.Jetty");

  public static void main(String[] arguments) throws Exception {
    ProbeApplication application = new ProbeApplication();
    EmbeddedServer<ApplicationEngine, ApplicationEngine.Configuration> server =
        new EmbeddedServer<>(
            ApplicationKt.serverConfig(
                ApplicationEnvironmentBuilderKt.applicationEnvironment(KtorServer::environment),
                all -> Unit.INSTANCE),
            engine(),
            KtorServer::configure);
    server
        .getApplication()
        .intercept(
            ApplicationCallPipeline.ApplicationPhase.getCall(),
            (context, subject, next) -> KtorCall.handle(application, context.getContext(), next));
    server.start(false);
    List<? extends EngineConnectorConfig> connectors =
        BuildersKt.runBlocking(
            EmptyCoroutineContext.INSTANCE,
            (scope, next) -> server.getEngine().resolvedConnectors(next));
    String scheme = System.getProperty("tls") == null ? "http" : "https";
    ProbeProcess.serve(
        application, URI.create(scheme + "://localhost:" + connectors.get(0).getPort()));
    System.exit(0);
  }

  // With what an operator may call, and the engine answers before the application.
  private static Unit environment(ApplicationEnvironmentBuilder environment) {
    environment.setConfig(
        new MapApplicationConfig(new Pair<>("ktor.deployment.shutdown.url", "/shutdown")));
    return Unit.INSTANCE;
  }

  // Versions differ in the settings of their engines.
  @SuppressWarnings("unchecked")
  private static ApplicationEngineFactory<ApplicationEngine, ApplicationEngine.Configuration>
      engine() throws ReflectiveOperationException {
    for (String name : ENGINES) {
      try {
        return (ApplicationEngineFactory<ApplicationEngine, ApplicationEngine.Configuration>)
            Class.forName(name).getField("INSTANCE").get(null);
      } catch (ClassNotFoundException e) {
        // Another one is there.
      }
    }
    throw new ClassNotFoundException(ENGINES.toString());
  }

  private static Unit configure(ApplicationEngine.Configuration configuration) {
    String tls = System.getProperty("tls");
    EngineConnectorBuilder connector = tls == null ? new EngineConnectorBuilder() : secure(tls);
    connector.setHost("localhost");
    connector.setPort(0);
    configuration.getConnectors().add(connector);
    set(configuration, "setMaxHeaderSize", 65536);
    set(configuration, "setMaxInitialLineLength", 65536);
    set(configuration, "setEnableH2c", tls == null && Boolean.getBoolean("http2"));
    return Unit.INSTANCE;
  }

  // With the key stores of a directory. Ktor asks for certificates where it trusts some, and then
  // every client has to have one.
  private static EngineConnectorBuilder secure(String directory) {
    EngineSSLConnectorBuilder connector =
        new EngineSSLConnectorBuilder(
            store(directory + "/own.p12"),
            "localhost",
            "changeit"::toCharArray,
            "changeit"::toCharArray);
    connector.setTrustStore(store(directory + "/trusted.p12"));
    return connector;
  }

  private static KeyStore store(String file) {
    try {
      return KeyStore.getInstance(new File(file), "changeit".toCharArray());
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void set(Object configuration, String name, Object value) {
    for (Method method : configuration.getClass().getMethods()) {
      if (method.getName().equals(name)) {
        try {
          method.invoke(configuration, value);
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }
}
