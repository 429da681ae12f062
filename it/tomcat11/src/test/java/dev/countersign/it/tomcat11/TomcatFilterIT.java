package dev.countersign.it.tomcat11;

import dev.countersign.it.servlet.FilterContract;

class TomcatFilterIT extends FilterContract {

  TomcatFilterIT() {
    super(new EmbeddedTomcat());
  }
}
