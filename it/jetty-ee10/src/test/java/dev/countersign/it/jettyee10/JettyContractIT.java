package dev.countersign.it.jettyee10;

import dev.countersign.it.servlet.ServletContract;

class JettyContractIT extends ServletContract {

  JettyContractIT() {
    super(new EmbeddedJetty());
  }
}
