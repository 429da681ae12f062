package dev.countersign.it.jetty;

import dev.countersign.it.servlet.RepairContract;

class JettyRepairIT extends RepairContract {

  JettyRepairIT() {
    super(new EmbeddedJetty());
  }
}
