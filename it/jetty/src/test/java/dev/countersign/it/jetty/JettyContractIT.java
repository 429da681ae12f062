package dev.countersign.it.jetty;

import dev.countersign.it.servlet.ServletContract;

class JettyContractIT extends ServletContract {

  JettyContractIT() {
    super(new EmbeddedJetty());
  }
}
