package dev.countersign.it.undertow;

import dev.countersign.it.servlet.FilterContract;

class UndertowFilterIT extends FilterContract {

  UndertowFilterIT() {
    super(new EmbeddedUndertow());
  }
}
