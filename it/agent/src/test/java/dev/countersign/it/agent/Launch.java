package dev.countersign.it.agent;

import java.io.IOException;
import java.util.Map;

/** How a server with the probe is started under the agent. */
@FunctionalInterface
interface Launch {

  /**
   * Starts it.
   *
   * @param settings of the agent
   */
  Process start(Map<String, String> settings) throws IOException;
}
