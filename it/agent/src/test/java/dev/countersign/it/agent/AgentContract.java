package dev.countersign.it.agent;

import dev.countersign.testkit.ServerProcessContract;
import java.io.IOException;
import java.util.Map;

/** The contract on a server program under the agent. */
abstract class AgentContract extends ServerProcessContract {

  private final ServerProgram program;
  private final String[] flags;

  /**
   * For the subclass.
   *
   * @param program the server
   * @param flags more flags of its JVM
   */
  AgentContract(ServerProgram program, String... flags) {
    this.program = program;
    this.flags = flags.clone();
  }

  @Override
  protected final Process start(Map<String, String> settings) throws IOException {
    return GuardedJvm.start(program, settings, flags);
  }
}
