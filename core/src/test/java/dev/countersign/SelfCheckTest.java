package dev.countersign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.config.ConfigBuilder;
import dev.countersign.config.ConfigException;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.spi.Finding;
import dev.countersign.spi.Finding.Level;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SelfCheckTest {

  private static final Finding ERROR = new Finding("D57", Level.ERROR, "not served");
  private static final Finding WARNING = new Finding("D57", Level.WARNING, "perhaps not served");

  private final FakeMetadataServer server = new FakeMetadataServer();

  @AfterEach
  void end() {
    server.close();
  }

  private ConfigBuilder builder() {
    return ResourceServerConfig.builder("https://selfcheck.example/mcp")
        .authorizationServer(server.issuer())
        .allowHttpOnLoopback();
  }

  private void serve() {
    String document =
        """
        {"issuer":"%s","jwks_uri":"%s/jwks","registration_endpoint":"%s/register",
         "code_challenge_methods_supported":["S256"]}\
        """
            .formatted(server.issuer(), server.issuer(), server.issuer());
    server.documents.put(FakeMetadataServer.OAUTH, document.getBytes(StandardCharsets.UTF_8));
    server.publishKeys();
  }

  private static ObjectName decisions() {
    String resource = ObjectName.quote("https://selfcheck.example/mcp");
    try {
      return new ObjectName("dev.countersign:type=Decisions,resource=" + resource);
    } catch (MalformedObjectNameException e) {
      throw new AssertionError(e);
    }
  }

  private static int status(ResourceServer engine, String path) {
    return MemoryExchange.of("GET", path).refusedBy(engine).status();
  }

  @Test
  void logsFindingsWithTheirIdsAndKeepsTheNewest() {
    try (LogCapture log = new LogCapture();
        ResourceServer engine = ResourceServer.create(builder().build())) {
      engine.attached(List.of(ERROR, WARNING));
      assertEquals(List.of(ERROR, WARNING), engine.findings());
      assertTrue(log.lines.contains("SEVERE self-check: D57 not served"), log.lines::toString);
      assertTrue(log.lines.contains("WARNING self-check: D57 perhaps not served"));

      engine.attached(List.of(WARNING));
      assertEquals(List.of(WARNING), engine.findings());
      assertFalse(engine.isRefusing());
    }
  }

  @Test
  void showsFindingsThroughJmx() throws Exception {
    try (ResourceServer engine =
        ResourceServer.create(
            builder().authorizationServer("https://b.example").jmx(true).build())) {
      engine.attached(List.of(ERROR));

      ObjectName name = decisions();
      String[] lines =
          (String[]) ManagementFactory.getPlatformMBeanServer().getAttribute(name, "Findings");
      assertEquals(2, lines.length);
      assertTrue(lines[0].startsWith("WARNING D24 "), lines[0]);
      assertEquals("ERROR D57 not served", lines[1]);
      assertEquals(
          1, ManagementFactory.getPlatformMBeanServer().getAttribute(name, "FindingErrors"));
    }
  }

  @Test
  void strictStartServesNothingWhileAnErrorStands() {
    serve();
    try (ResourceServer engine = ResourceServer.create(builder().strictStart(true).build())) {
      engine.startCheck();
      engine.attached(List.of(WARNING));
      assertFalse(engine.isRefusing());
      assertEquals(401, status(engine, "/mcp"));

      engine.attached(List.of(ERROR));
      assertTrue(engine.isRefusing());
      assertEquals(503, status(engine, "/mcp"));
      assertEquals(503, status(engine, "/.well-known/oauth-protected-resource/mcp"));

      assertTrue(engine.reload(() -> builder().strictStart(true).build()));
      assertEquals(401, status(engine, "/mcp"));
    }
  }

  @Test
  void M70_strictStartRefusesWhileTheAuthorizationServerIsNotThere() {
    try (ResourceServer engine = ResourceServer.create(builder().strictStart(true).build())) {
      engine.startCheck();
      assertTrue(engine.isRefusing());
      assertEquals("D46", engine.findings().get(0).id());
      assertEquals(503, status(engine, "/mcp"));

      serve();
      engine.startCheck();
      assertEquals(List.of(), engine.findings());
      assertEquals(401, status(engine, "/mcp"));
    }
  }

  @Test
  void O09_strictStartKeepsTheOldConfigurationIfTheNewOneHasErrors() {
    serve();
    try (ResourceServer engine = ResourceServer.create(builder().strictStart(true).build())) {
      engine.startCheck();
      server.documents.clear();

      assertFalse(engine.reload(() -> builder().strictStart(true).build()));
      assertEquals(List.of(), engine.findings());
      assertEquals(401, status(engine, "/mcp"));
    }
  }

  @Test
  void O09_aRefusedConfigurationTakesNothingOver() {
    ObjectName name = decisions();
    StubValidator old = new StubValidator();
    StubValidator refused = new StubValidator();
    try (ResourceServer engine =
        ResourceServer.create(builder().strictStart(true).jmx(true).tokenValidator(old).build())) {
      MemoryExchange stream =
          MemoryExchange.of("GET", "/mcp")
              .bearer("good.mcp_read")
              .field("Accept", "text/event-stream");
      assertTrue(stream.admittedBy(engine));
      // There is no document, for either of them.
      engine.startCheck();

      assertFalse(engine.reload(() -> builder().strictStart(true).tokenValidator(refused).build()));

      assertTrue(ManagementFactory.getPlatformMBeanServer().isRegistered(name));
      engine.complete(stream, MemoryHead.of(200).with("Content-Type", "text/event-stream"));
      engine.endStreams();
      assertEquals(List.of(), refused.asked);
      assertTrue(refused.closed);
      assertFalse(old.closed);
    }
  }

  @Test
  void asksNobodyIfItIsSwitchedOff() {
    try (ResourceServer engine = ResourceServer.create(builder().selfCheck(false).build())) {
      engine.startCheck();
      assertEquals(0, server.requests.get());
    }
    assertEquals(
        List.of("strict-start"),
        assertThrows(
                ConfigException.class, () -> builder().selfCheck(false).strictStart(true).build())
            .problems()
            .stream()
            .map(problem -> problem.setting())
            .toList());
  }
}
