package dev.countersign.servlet;

import dev.countersign.config.Mode;
import dev.countersign.config.ResourceServerConfig;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** The Countersign Java agent in the JVM of the filter: it judges first, and keeps the token. */
final class AgentBeside {

  private static final Logger LOG = System.getLogger("dev.countersign.servlet");

  // What the agent gives to every class loader, and nobody else has.
  private static final String GATE = "java.lang.CountersignGate";

  private AgentBeside() {}

  /** Says at the start what the agent means for a filter that judges. */
  static void tell(ResourceServerConfig config) {
    if (config.mode() == Mode.ENFORCE && isThere()) {
      LOG.log(
          Level.WARNING,
          "the Countersign Java agent is in this JVM as well and judges first. Unless it has"
              + " expose-authorization=true, this filter sees no token and answers 401 to all that"
              + " the agent has admitted");
    }
  }

  private static boolean isThere() {
    try {
      Class.forName(GATE, false, null);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
