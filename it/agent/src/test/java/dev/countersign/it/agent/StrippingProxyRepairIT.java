package dev.countersign.it.agent;

import dev.countersign.testkit.RemoteProbe;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;

/**
 * Repair mode on a proxy in front of a server that judges its tokens: what it answers reaches the
 * client without its challenge.
 */
class StrippingProxyRepairIT extends LoginRepairContract {

  private static final ServerProgram PROXY =
      new ServerProgram(
          "stripping-proxy/StrippingProxy", List.of("org.eclipse.jetty:jetty-proxy:12.1.14"), "");

  private RemoteProbe upstream;

  @Override
  Process start(Map<String, String> settings, String issuer) throws IOException {
    upstream =
        RemoteProbe.of(
            GuardedJvm.start(
                SpringSecurityRepairIT.RESOURCE_SERVER,
                GuardedJvm.log("Upstream"),
                new String[] {"-Dissuer=" + issuer},
                new String[0]));
    return GuardedJvm.start(PROXY, settings, "-Dupstream=" + upstream.uri());
  }

  @Override
  List<String> own() {
    return List.of();
  }

  @AfterAll
  void stopUpstream() throws IOException {
    if (upstream != null) {
      upstream.close();
    }
  }
}
