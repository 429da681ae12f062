package dev.countersign.it.authorizationservers;

import dev.countersign.sample.authorizationserver.DemoAuthorizationServer;
import java.util.Map;

class SpringAuthorizationServerIT extends AuthorizationServerContract {

  @Override
  Running start() {
    DemoAuthorizationServer server = DemoAuthorizationServer.start(0);
    return new Running(server.issuer(), server);
  }

  // The sample follows RFC 9068.
  @Override
  Map<String, String> settings() {
    return Map.of("profile", "rfc9068");
  }

  @Override
  String scope() {
    return "mcp:tools";
  }

  @Override
  boolean hasIdTokens() {
    return false;
  }
}
