package dev.countersign.it.undertow;

import dev.countersign.it.servlet.SelfCheckContract;

class UndertowSelfCheckIT extends SelfCheckContract {

  UndertowSelfCheckIT() {
    super(new EmbeddedUndertow());
  }
}
