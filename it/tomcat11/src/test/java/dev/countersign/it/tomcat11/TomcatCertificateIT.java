package dev.countersign.it.tomcat11;

import dev.countersign.it.servlet.CertificateContract;

class TomcatCertificateIT extends CertificateContract {

  TomcatCertificateIT() {
    super(new EmbeddedTomcat());
  }
}
