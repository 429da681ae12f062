package dev.countersign.it.tomcat10;

import dev.countersign.it.servlet.ServletContract;

class TomcatContractIT extends ServletContract {

  TomcatContractIT() {
    super(new EmbeddedTomcat());
  }
}
