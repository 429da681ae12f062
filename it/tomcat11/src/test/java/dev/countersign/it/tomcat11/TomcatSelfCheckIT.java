package dev.countersign.it.tomcat11;

import dev.countersign.it.servlet.SelfCheckContract;

class TomcatSelfCheckIT extends SelfCheckContract {

  TomcatSelfCheckIT() {
    super(new EmbeddedTomcat());
  }
}
