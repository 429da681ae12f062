package dev.countersign.it.agent;

import dev.countersign.testkit.Capability;
import java.util.EnumSet;
import java.util.Set;

/** The contract on a server whose responses the agent can filter. */
abstract class FilteringContract extends AgentContract {

  FilteringContract(ServerProgram program, String... flags) {
    super(program, flags);
  }

  @Override
  protected Set<Capability> capabilities() {
    return EnumSet.allOf(Capability.class);
  }
}
