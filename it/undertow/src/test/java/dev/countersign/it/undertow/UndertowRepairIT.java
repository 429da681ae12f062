package dev.countersign.it.undertow;

import dev.countersign.it.servlet.RepairContract;

class UndertowRepairIT extends RepairContract {

  UndertowRepairIT() {
    super(new EmbeddedUndertow());
  }
}
