package dev.countersign.agent.runtime;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.config.ResourceServerConfig;
import dev.countersign.config.SettingSource;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PortsTest {

  private static final InetSocketAddress ADDRESS =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 5701);

  private final AtomicInteger closed = new AtomicInteger();

  private static Ports ports(String unguarded) {
    return new Ports(
        ResourceServerConfig.read(
            List.of(
                SettingSource.of(
                    "test",
                    Map.of(
                        "resource", "https://mcp.example.com/mcp",
                        "authorization-servers", "https://id.example.com",
                        "on-startup-failure", "deny",
                        "unguarded-ports", unguarded)))),
        port -> {});
  }

  private ListeningPort port(boolean random) {
    return new ListeningPort(ADDRESS, random, closed::incrementAndGet);
  }

  @Test
  void K10_closesAPortThatNobodyKnowsAndSaysWhoOpenedIt() {
    Ports ports = ports("9010");

    BindException refused = assertThrows(BindException.class, () -> ports.opened(port(false)));

    assertEquals(1, closed.get());
    assertTrue(
        refused
            .getMessage()
            .matches(
                "closed by the Countersign agent: port 5701 is not guarded: no server that the"
                    + " agent knows opens it, but org\\.junit\\.[A-Za-z.$]+; if it is no MCP"
                    + " server, set unguarded-ports=5701"),
        refused::getMessage);
  }

  @Test
  void K10_doesNotAdviseANumberThatIsAnotherOneAtTheNextStart() {
    Ports ports = ports("9010");

    BindException refused = assertThrows(BindException.class, () -> ports.opened(port(true)));

    assertTrue(
        refused
            .getMessage()
            .endsWith(
                "; if it is no MCP server, give it a fixed port in place of this random one, and"
                    + " name that in unguarded-ports"),
        refused::getMessage);
  }

  @Test
  void leavesAPortThatIsNamed() {
    Ports ports = ports("9010,5701");

    assertDoesNotThrow(() -> ports.opened(port(false)));
    assertEquals(0, closed.get());
  }
}
