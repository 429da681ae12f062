package dev.countersign.it.jettyee10;

import dev.countersign.it.servlet.RepairContract;

class JettyRepairIT extends RepairContract {

  JettyRepairIT() {
    super(new EmbeddedJetty());
  }
}
