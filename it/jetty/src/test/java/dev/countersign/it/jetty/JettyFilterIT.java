package dev.countersign.it.jetty;

import dev.countersign.it.servlet.FilterContract;

class JettyFilterIT extends FilterContract {

  JettyFilterIT() {
    super(new EmbeddedJetty());
  }
}
