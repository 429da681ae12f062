package dev.countersign.it.agent;

import dev.countersign.testkit.Capability;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The contract on a server whose responses the agent can filter. */
abstract class FilteringContract extends AgentContract {

  FilteringContract(ServerProgram program, String... flags) {
    super(program, flags);
  }

  @Override
  protected Set<Capability> capabilities() {
    return without();
  }

  /** Everything that a server can do, but for what this one cannot. */
  static Set<Capability> without(Capability... lacking) {
    Set<Capability> all = EnumSet.allOf(Capability.class);
    all.removeAll(List.of(lacking));
    return all;
  }
}
