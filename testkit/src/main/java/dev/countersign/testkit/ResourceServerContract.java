package dev.countersign.testkit;

import dev.countersign.ResourceServer;
import dev.countersign.config.ConfigBuilder;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.config.SettingSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What every attachment of the engine to a server must do, seen from the wire. A test of an
 * attachment extends this class and says how to start the server:
 *
 * <pre>
 * class MyServerIT extends ResourceServerContract {
 *   &#64;Override
 *   protected RunningServer start(ResourceServer engine, ProbeApplication application) {
 *     MyServer server = MyServer.onFreePort();
 *     server.handle(new MyGate(engine, request -> application.handle(new MyCall(request))));
 *     return new RunningServer(server.uri(), server::stop);
 *   }
 * }
 * </pre>
 *
 * <p>Its tests are named for the rules that they hold. They need no network but the loopback, and
 * run one after the other.
 */
public abstract class ResourceServerContract extends ListRules {

  /** For the subclass. */
  protected ResourceServerContract() {}

  /**
   * Starts a server on a free port of the loopback. Every path of it leads to the application, with
   * the engine in front: no context path, no static resource, no login of its own. The server
   * should take a header section of 64 KB. Several servers run at the same time.
   *
   * @param engine the engine; the contract closes it
   * @param application what is to be protected
   * @return the running server
   * @throws Exception if it cannot be started
   */
  protected abstract RunningServer start(ResourceServer engine, ProbeApplication application)
      throws Exception;

  @Override
  final Stand open(Setup setup, Map<String, String> settings) throws Exception {
    RecordingListener decisions = new RecordingListener();
    ProbeApplication application = new ProbeApplication();
    ConfigBuilder config =
        ResourceServerConfig.builder(List.of(SettingSource.of("contract", settings)))
            .listener(decisions);
    if (setup == Setup.BROKEN) {
      config.tokenValidator(
          (token, resource) -> {
            throw new IllegalStateException("a bug of the validator");
          });
    }
    ResourceServer engine = ResourceServer.create(config.build());
    try {
      RunningServer server = start(engine, application);
      AutoCloseable both =
          () -> {
            server.stop().close();
            engine.close();
          };
      return new Stand(application, Optional.of(decisions), new RunningServer(server.uri(), both));
    } catch (Exception e) {
      engine.close();
      throw e;
    }
  }
}
