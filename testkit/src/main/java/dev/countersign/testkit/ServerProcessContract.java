package dev.countersign.testkit;

import java.util.Map;
import java.util.Optional;
import org.opentest4j.TestAbortedException;

/**
 * The contract on a server that runs in a process of its own, guarded by something that was told
 * the settings: an agent, a proxy. The process runs {@link ProbeProcess} over a {@link
 * ProbeApplication}. What is decided inside is not seen, so the tests that ask for it are aborted.
 */
public abstract class ServerProcessContract extends ListRules {

  /** For the subclass. */
  protected ServerProcessContract() {}

  /**
   * Starts a server as {@link ResourceServerContract#start} does.
   *
   * @param settings the settings of the guard by their keys
   * @return a process whose standard input and output are its pipes
   * @throws Exception if it cannot be started
   */
  protected abstract Process start(Map<String, String> settings) throws Exception;

  @Override
  final Stand open(Setup setup, Map<String, String> settings) throws Exception {
    if (setup == Setup.BROKEN) {
      throw new TestAbortedException("no setting makes a validator that has a bug");
    }
    RemoteProbe probe = RemoteProbe.of(start(settings));
    return new Stand(probe, Optional.empty(), new RunningServer(probe.uri(), probe));
  }
}
