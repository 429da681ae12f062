package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.conformance.ContractRun;
import dev.countersign.conformance.Report;
import dev.countersign.testkit.Capability;
import dev.countersign.testkit.ServerProcessContract;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The contract on a server program under the agent. */
abstract class AgentContract extends ServerProcessContract {

  private final Launch launch;

  /**
   * For the subclass.
   *
   * @param program the server
   * @param flags more flags of its JVM
   */
  AgentContract(ServerProgram program, String... flags) {
    this(settings -> GuardedJvm.start(program, settings, flags));
  }

  /**
   * For the subclass.
   *
   * @param launch how the server is started
   */
  AgentContract(Launch launch) {
    this.launch = launch;
  }

  @Override
  protected final Process start(Map<String, String> settings) throws IOException {
    Process process = launch.start(settings);
    Matrix.shows(Sight.ENFORCES);
    if (capabilities().contains(Capability.USER)) {
      Matrix.shows(Sight.TELLS_USER);
    }
    return process;
  }

  @Test
  final void K10_saysThatItsPortIsGuarded() throws IOException {
    GuardLog.awaitGuarded(endpoint().getPort());
  }

  /** The suite that strangers run. */
  @Test
  final void keepsEveryRuleOfTheConformanceSuite() {
    Report report =
        ContractRun.of("agent", endpoint(), endpointWithEverything(), authorizationServer());
    assertEquals(Map.of(), report.broken());
  }

  @Override
  protected Set<Capability> capabilities() {
    return allBut();
  }

  /** What a line of the agent can do that filters no body. */
  static Set<Capability> allBut(Capability... lacking) {
    Set<Capability> all = EnumSet.complementOf(EnumSet.of(Capability.BODY_FILTER));
    all.removeAll(List.of(lacking));
    return all;
  }
}
