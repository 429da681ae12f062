package dev.countersign.agent.runtime;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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

  @Test
  void K10_closesAPortThatNobodyKnows() {
    Ports ports = ports("9010");

    assertThrows(BindException.class, () -> ports.opened(ADDRESS, closed::incrementAndGet));
    assertEquals(1, closed.get());
  }

  @Test
  void leavesAPortThatIsNamed() {
    Ports ports = ports("9010,5701");

    assertDoesNotThrow(() -> ports.opened(ADDRESS, closed::incrementAndGet));
    assertEquals(0, closed.get());
  }
}
