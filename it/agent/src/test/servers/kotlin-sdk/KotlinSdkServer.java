import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.ProbeProcess;
import io.ktor.server.application.ApplicationKt;
import io.ktor.server.engine.ApplicationEngine;
import io.ktor.server.engine.ApplicationEngineFactory;
import io.ktor.server.engine.ApplicationEnvironmentBuilderKt;
import io.ktor.server.engine.EmbeddedServer;
import io.ktor.server.engine.EngineConnectorBuilder;
import io.ktor.server.engine.EngineConnectorConfig;
import io.modelcontextprotocol.kotlin.sdk.server.KtorServerKt;
import io.modelcontextprotocol.kotlin.sdk.server.Server;
import io.modelcontextprotocol.kotlin.sdk.server.ServerOptions;
import io.modelcontextprotocol.kotlin.sdk.types.CallToolRequest;
import io.modelcontextprotocol.kotlin.sdk.types.CallToolResult;
import io.modelcontextprotocol.kotlin.sdk.types.Implementation;
import io.modelcontextprotocol.kotlin.sdk.types.ServerCapabilities;
import io.modelcontextprotocol.kotlin.sdk.types.TextContent;
import io.modelcontextprotocol.kotlin.sdk.types.ToolSchema;
import java.net.URI;
import java.util.List;
import kotlin.Unit;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.BuildersKt;
import kotlinx.serialization.json.JsonElementKt;

/**
 * The MCP server of the Kotlin SDK, with one tool, and no authorization, on the engine of Ktor that
 * is there.
 */
public final class KotlinSdkServer {

  public static void main(String[] arguments) throws Exception {
    EmbeddedServer<ApplicationEngine, ApplicationEngine.Configuration> server =
        new EmbeddedServer<>(
            ApplicationKt.serverConfig(
                ApplicationEnvironmentBuilderKt.applicationEnvironment(all -> Unit.INSTANCE),
                all -> Unit.INSTANCE),
            engine(),
            KotlinSdkServer::configure);
    KtorServerKt.mcpStreamableHttp(
        server.getApplication(), "/mcp", true, null, null, null, context -> mcp());
    server.start(false);
    List<? extends EngineConnectorConfig> connectors =
        BuildersKt.runBlocking(
            EmptyCoroutineContext.INSTANCE,
            (scope, next) -> server.getEngine().resolvedConnectors(next));
    ProbeProcess.serve(
        new ProbeApplication(), URI.create("http://localhost:" + connectors.get(0).getPort()));
    System.exit(0);
  }

  @SuppressWarnings("unchecked")
  private static ApplicationEngineFactory<ApplicationEngine, ApplicationEngine.Configuration>
      engine() throws ReflectiveOperationException {
    Class<?> factory;
    try {
      factory = Class.forName("io.ktor.server.netty.Netty");
    } catch (ClassNotFoundException e) {
      factory = Class.forName("io.ktor.server.cio.CIO");
    }
    return (ApplicationEngineFactory<ApplicationEngine, ApplicationEngine.Configuration>)
        factory.getField("INSTANCE").get(null);
  }

  private static Unit configure(ApplicationEngine.Configuration configuration) {
    EngineConnectorBuilder connector = new EngineConnectorBuilder();
    connector.setHost("localhost");
    connector.setPort(0);
    configuration.getConnectors().add(connector);
    return Unit.INSTANCE;
  }

  private static Server mcp() {
    Server server =
        new Server(
            new Implementation("test", "1", null, null, null),
            new ServerOptions(capabilities()),
            "",
            ready -> Unit.INSTANCE);
    server.addTool(
        "add",
        "Adds two numbers",
        new ToolSchema(),
        null,
        null,
        null,
        null,
        null,
        (connection, request, next) -> {
          int sum = number(request, "one") + number(request, "other");
          return new CallToolResult(
              List.of(new TextContent(Integer.toString(sum), null, null)), false, null, null);
        });
    return server;
  }

  private static ServerCapabilities capabilities() {
    return new ServerCapabilities(
        new ServerCapabilities.Tools(false), null, null, null, null, null, null, null);
  }

  private static int number(CallToolRequest request, String name) {
    return JsonElementKt.getInt(
        JsonElementKt.getJsonPrimitive(request.getArguments().get((Object) name)));
  }
}
