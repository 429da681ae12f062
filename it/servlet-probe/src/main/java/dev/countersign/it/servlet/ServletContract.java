package dev.countersign.it.servlet;

import dev.countersign.ResourceServer;
import dev.countersign.conformance.Subject;
import dev.countersign.conformance.Suite;
import dev.countersign.servlet.ResourceServerFilter;
import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.ResourceServerContract;
import dev.countersign.testkit.RunningServer;
import java.io.IOException;
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
    ConformanceRow.check(place, Suite.run(place, new Subject(endpoint(), tokens(), "mcp:read")));
  }
}
