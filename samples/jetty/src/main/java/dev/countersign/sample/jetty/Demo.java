package dev.countersign.sample.jetty;

import dev.countersign.ResourceServer;
import dev.countersign.config.ConfigException;
import dev.countersign.config.ProtectedResource;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.config.SettingSource;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The demo: an MCP server on Jetty behind the filter, and an authorization server beside it.
 *
 * <p>System properties: {@code mcp.port} (8080), {@code as.port} (9000), both 0 for any free port;
 * {@code as.issuer} for an authorization server that runs already; and every setting as {@code
 * countersign.KEY}.
 */
public final class Demo implements AutoCloseable {

  // Held here, because a logger that nobody holds forgets its level.
  private static final List<Logger> TALKATIVE =
      List.of(Logger.getLogger("org.eclipse.jetty"), Logger.getLogger("io.modelcontextprotocol"));

  private final JettyServer jetty;
  private final NotesServer notes;
  private final ResourceServer engine;
  private final LoginServer login;

  private Demo(JettyServer jetty, NotesServer notes, ResourceServer engine, LoginServer login) {
    this.jetty = jetty;
    this.notes = notes;
    this.engine = engine;
    this.login = login;
  }

  /**
   * Runs the demo until the process is ended.
   *
   * @param args not used
   * @throws Exception if a server does not start for another reason than its port or its settings
   */
  public static void main(String[] args) throws Exception {
    TALKATIVE.forEach(logger -> logger.setLevel(Level.WARNING));
    try {
      Demo demo = start(Integer.getInteger("mcp.port", 8080), LoginServer.fromProperties());
      Runtime.getRuntime().addShutdownHook(new Thread(demo::close, "demo-shutdown"));
      System.out.println(Banner.of(demo.resource(), demo.login));
      demo.jetty.join();
    } catch (PortTaken | ConfigException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  static Demo start(int mcpPort, LoginServer login) throws Exception {
    JettyServer jetty = listen(mcpPort, login);
    try {
      ResourceServer engine = ResourceServer.create(configuration(jetty.port(), login.issuer()));
      NotesServer notes = new NotesServer("/mcp");
      jetty.start(engine, notes.servlet());
      engine.startCheck();
      return new Demo(jetty, notes, engine, login);
    } catch (ConfigException e) {
      jetty.close();
      login.close();
      throw e;
    }
  }

  private static JettyServer listen(int port, LoginServer login) {
    try {
      return new JettyServer(port);
    } catch (IOException e) {
      login.close();
      throw new PortTaken(port, "mcp.port");
    }
  }

  // Weaker than every real source, so that each setting can be tried with -Dcountersign.KEY.
  private static ResourceServerConfig configuration(int port, String issuer) {
    Map<String, String> defaults = new LinkedHashMap<>();
    defaults.put("resource", "http://localhost:" + port + "/mcp");
    defaults.put("authorization-servers", issuer);
    defaults.put("allow-http-on-loopback", "true");
    defaults.put("required-scopes", "mcp:tools");
    policy(defaults);
    defaults.put("resource-name", "Countersign demo");
    defaults.put("allowed-origins", "http://localhost:6274,http://127.0.0.1:6274");
    return ResourceServerConfig.read(SettingSource.all(SettingSource.of("demo default", defaults)));
  }

  // What each tool needs beyond the required scope; the last one needs a stronger login as well. A
  // tool that is not here is denied.
  private static void policy(Map<String, String> settings) {
    settings.put("scopes.tool.echo", "none");
    settings.put("scopes.tool.whoami", "none");
    settings.put("scopes.tool.list_notes", "notes:read");
    settings.put("scopes.tool.add_note", "notes:write");
    settings.put("scopes.tool.clear_notes", "notes:admin");
    settings.put("acr-values.tool.clear_notes", "mfa");
  }

  ProtectedResource resource() {
    return engine.config().resources().get(0);
  }

  /** Ends every server. */
  @Override
  public void close() {
    notes.close();
    jetty.close();
    engine.close();
    login.close();
  }
}
