package dev.countersign.it.jetty;

import dev.countersign.it.servlet.CertificateContract;

class JettyCertificateIT extends CertificateContract {

  JettyCertificateIT() {
    super(new EmbeddedJetty());
  }
}
