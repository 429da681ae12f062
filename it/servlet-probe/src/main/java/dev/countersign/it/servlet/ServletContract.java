package dev.countersign.it.servlet;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.ResourceServer;
import dev.countersign.conformance.ContractRun;
import dev.countersign.servlet.ResourceServerFilter;
import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.ResourceServerContract;
import dev.countersign.testkit.RunningServer;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract with the filter in a container. */
public abstract class ServletContract extends ResourceServerContract {

  private final ServletContainer container;

  /**
   * For the subclass.
   *
   * @param container what to start
   */
  protected ServletContract(ServletContainer container) {
    this.container = container;
  }

  @Override
  protected final RunningServer start(ResourceServer engine, ProbeApplication probe)
      throws Exception {
    return container.start(
        new WebApplication(
            "",
            "",
            context -> {
              Guarded.filter(context.addFilter("gate", new ResourceServerFilter(engine)));
              Guarded.servlet(context, "probe", new ProbeServlet(probe), "/*");
            }));
  }

  /** The suite that strangers run, with its row in docs/conformance.md. */
  @Test
  final void keepsEveryRuleOfTheConformanceSuite() throws IOException {
    String place = getClass().getPackageName().replaceAll(".*\\.", "");
    ConformanceRow.check(
        ContractRun.of(place, endpoint(), endpointWithEverything(), authorizationServer()));
  }

  // How much a container takes is its own matter; without a token it leads nowhere.
  @Test
  final void HT14_leadsFloodsOfFieldsNowhere() throws IOException {
    RawRequest many = anonymous();
    for (int field = 0; field < 1000; field++) {
      many = many.with("X-Field-" + field, "v");
    }
    assertRefused(many);
    assertRefused(anonymous().with("Cookie", "c=" + "x".repeat(64 * 1024)));
  }

  @Test
  final void HT4_leadsOddChunksNowhere() throws IOException {
    RawRequest chunked = anonymous().with("Transfer-Encoding", "chunked");
    for (String body :
        List.of("1;" + "x".repeat(32 * 1024) + "\r\n{\r\n0\r\n\r\n", "1\n{\n0\n\n", "-1\r\n{")) {
      assertRefused(chunked.content(body.getBytes(StandardCharsets.US_ASCII)));
    }
  }

  private static RawRequest anonymous() {
    return RawRequest.of("POST", "/mcp").with("Content-Type", "application/json");
  }

  private void assertRefused(RawRequest request) throws IOException {
    try {
      int status = RawHttp.exchange(endpoint(), request).status();
      assertTrue(status >= 400 && status < 500, () -> request + " -> " + status);
    } catch (EOFException | SocketException e) {
      // Ended without an answer.
    }
  }
}
