package dev.countersign.it.agent;

import dev.countersign.testkit.Capability;
import java.util.Set;
import org.junit.jupiter.api.Nested;

/** Open Liberty: what its dispatcher hands to an application is judged before. */
class LibertyIT {

  @Nested
  class Contract extends AgentContract {
    Contract() {
      super(settings -> Liberty.start("", "", settings));
    }

    // What the engine reads is what the application reads: decoded.
    @Override
    protected Set<Capability> capabilities() {
      return allBut(Capability.CONTENT_CODINGS);
    }
  }

  /** It takes the upgrade unless it is told not to. */
  @Nested
  class Http2 extends Http2Contract {
    Http2() {
      super(settings -> Liberty.start("", "", settings));
    }

    @Override
    boolean filtersLists() {
      return false;
    }
  }

  @Nested
  class Dispatches extends DispatchContract {
    Dispatches() {
      super(settings -> Liberty.start("", "", settings), "false");
    }
  }

  @Nested
  class Tls extends TlsContract {
    Tls() {
      super(Liberty::startTls);
    }
  }
}
