package dev.countersign.sample.authorizationserver;

import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;

/**
 * A real OAuth 2.1 authorization server for demos and tests, in this JVM and on the loopback:
 *
 * <pre>{@code
 * try (var server = DemoAuthorizationServer.start(0)) {
 *   String issuer = server.issuer(); // http://localhost:<port>
 * }
 * }</pre>
 *
 * <p>Authorization code with PKCE, refresh tokens, open registration of clients (RFC 7591),
 * metadata (RFC 8414), resource indicators (RFC 8707), JWT access tokens (RFC 9068). One user,
 * everything in memory: not for production.
 *
 * <p>Thread-safe.
 */
public final class DemoAuthorizationServer implements AutoCloseable {

  private final LoopbackTomcat tomcat;
  private final AnnotationConfigApplicationContext beans;
  private final int port;
  private final AtomicBoolean closed = new AtomicBoolean();

  private DemoAuthorizationServer(
      LoopbackTomcat tomcat, AnnotationConfigApplicationContext beans, int port) {
    this.tomcat = tomcat;
    this.beans = beans;
    this.port = port;
  }

  /**
   * Starts a server with {@linkplain DemoOptions#defaults() default options}.
   *
   * @param port the port on the loopback, 0 for a free one
   * @return the running server
   * @throws IllegalStateException if the port is taken
   */
  public static DemoAuthorizationServer start(int port) {
    return start(DemoOptions.defaults().withPort(port));
  }

  /**
   * Starts a server.
   *
   * @param options what it offers
   * @return the running server
   * @throws IllegalStateException if the port is taken
   */
  public static DemoAuthorizationServer start(DemoOptions options) {
    // The port is bound before anything that needs the issuer exists, so no other process can take
    // it
    // in between; requests wait in the backlog until the server serves.
    LoopbackTomcat tomcat = LoopbackTomcat.bind(options.port());
    try {
      int port = tomcat.port();
      AnnotationConfigApplicationContext beans = beans(options, issuer(port));
      tomcat.serve(beans);
      return new DemoAuthorizationServer(tomcat, beans, port);
    } catch (RuntimeException e) {
      tomcat.close();
      throw e;
    }
  }

  private static AnnotationConfigApplicationContext beans(DemoOptions options, String issuer) {
    AnnotationConfigApplicationContext beans = new AnnotationConfigApplicationContext();
    // Inside a build tool the class loader of this class is not the one of the thread.
    beans.setClassLoader(DemoAuthorizationServer.class.getClassLoader());
    beans.registerBean(DemoOptions.class, () -> options);
    beans.registerBean(
        AuthorizationServerSettings.class,
        () -> AuthorizationServerSettings.builder().issuer(issuer).build());
    beans.register(TokenConfiguration.class, EndpointConfiguration.class);
    beans.refresh();
    return beans;
  }

  /**
   * The issuer identifier: the {@code issuer} of the metadata and {@code iss} of the tokens.
   *
   * @return {@code http://localhost:<port>}, without a slash at the end
   */
  public String issuer() {
    return issuer(port);
  }

  private static String issuer(int port) {
    return "http://localhost:" + port;
  }

  /**
   * The bound port.
   *
   * @return 1 to 65535
   */
  public int port() {
    return port;
  }

  /** Ends the server and frees the port; a second call does nothing. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      tomcat.close();
      beans.close();
    }
  }

  /**
   * Runs a server until the process is stopped.
   *
   * @param args the port, 9000 if absent
   * @throws InterruptedException if the thread is interrupted
   */
  public static void main(String[] args) throws InterruptedException {
    DemoOptions options =
        DemoOptions.defaults().withPort(args.length == 0 ? 9000 : Integer.parseInt(args[0]));
    DemoAuthorizationServer server;
    try {
      server = start(options);
    } catch (IllegalStateException e) {
      System.err.println(e.getMessage());
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    System.out.println("authorization server: " + server.issuer());
    System.out.println("user: " + options.user());
    Thread.currentThread().join();
  }
}
