package dev.countersign.testkit;

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
public abstract class ResourceServerContract extends ApplicationRules {

  /** For the subclass. */
  protected ResourceServerContract() {}
}
