package dev.countersign.it.tomcat11;

import dev.countersign.it.servlet.RepairContract;

class TomcatRepairIT extends RepairContract {

  TomcatRepairIT() {
    super(new EmbeddedTomcat());
  }
}
