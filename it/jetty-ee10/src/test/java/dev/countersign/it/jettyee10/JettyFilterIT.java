package dev.countersign.it.jettyee10;

import dev.countersign.it.servlet.FilterContract;

class JettyFilterIT extends FilterContract {

  JettyFilterIT() {
    super(new EmbeddedJetty());
  }
}
