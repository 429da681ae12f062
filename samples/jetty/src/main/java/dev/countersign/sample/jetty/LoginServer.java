package dev.countersign.sample.jetty;

import dev.countersign.sample.authorizationserver.DemoAuthorizationServer;

/**
 * The authorization server of the demo: an embedded one, or one that runs already.
 *
 * @param issuer its issuer identifier
 * @param hint who can log in there
 * @param end how to end it
 */
record LoginServer(String issuer, String hint, Runnable end) implements AutoCloseable {

  static LoginServer fromProperties() {
    String issuer = System.getProperty("as.issuer", "");
    return issuer.isBlank() ? embedded(Integer.getInteger("as.port", 9000)) : running(issuer);
  }

  static LoginServer running(String issuer) {
    return new LoginServer(issuer, "as that authorization server knows you", () -> {});
  }

  static LoginServer embedded(int port) {
    try {
      DemoAuthorizationServer server = DemoAuthorizationServer.start(port);
      return new LoginServer(server.issuer(), "user demo, password demo, code 2468", server::close);
    } catch (IllegalStateException e) {
      throw new PortTaken(port, "as.port");
    }
  }

  @Override
  public void close() {
    end.run();
  }
}
