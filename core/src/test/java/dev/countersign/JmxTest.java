package dev.countersign;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.management.ManagementFactory;
import java.util.Set;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.Test;

class JmxTest {

  private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

  private static Set<ObjectName> ours() throws Exception {
    return SERVER.queryNames(new ObjectName("dev.countersign:*"), null);
  }

  @Test
  void O12_anEngineShowsItsDecisionsWhileItIsOpen() throws Exception {
    Engines.engine().close();
    assertEquals(Set.of(), ours());
    try (ResourceServer engine = Engines.engine(config -> config.jmx(true))) {
      engine.admit(MemoryExchange.of("POST", "/mcp").bearer("good.mcp_read"));
      MemoryExchange.of("POST", "/mcp").refusedBy(engine);

      assertEquals(1, ours().size());
      TabularData decisions =
          (TabularData) SERVER.getAttribute(ours().iterator().next(), "Decisions");
      assertEquals(1L, decisions.get(new Object[] {"GRANTED"}).get("value"));
      assertEquals(1L, decisions.get(new Object[] {"NO_CREDENTIALS"}).get("value"));
    }
    assertEquals(Set.of(), ours());
  }
}
