package dev.countersign.it.tomcat10;

import dev.countersign.it.servlet.FilterContract;

class TomcatFilterIT extends FilterContract {

  TomcatFilterIT() {
    super(new EmbeddedTomcat());
  }
}
