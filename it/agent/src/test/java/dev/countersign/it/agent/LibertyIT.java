package dev.countersign.it.agent;

import dev.countersign.testkit.Capability;
import dev.countersign.testkit.ServerProcessContract;
import java.util.Map;
import java.util.Set;

/** Open Liberty: what its dispatcher hands to an application is judged before. */
class LibertyIT extends ServerProcessContract {

  @Override
  protected Process start(Map<String, String> settings) throws Exception {
    return Liberty.start("", "", settings);
  }

  // What the engine reads is what the application reads: decoded.
  @Override
  protected Set<Capability> capabilities() {
    return AgentContract.allBut(Capability.CONTENT_CODINGS);
  }
}
