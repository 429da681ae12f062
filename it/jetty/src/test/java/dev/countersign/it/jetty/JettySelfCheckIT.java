package dev.countersign.it.jetty;

import dev.countersign.it.servlet.SelfCheckContract;

class JettySelfCheckIT extends SelfCheckContract {

  JettySelfCheckIT() {
    super(new EmbeddedJetty());
  }
}
