package dev.countersign.it.undertow;

import dev.countersign.it.servlet.CertificateContract;

class UndertowCertificateIT extends CertificateContract {

  UndertowCertificateIT() {
    super(new EmbeddedUndertow());
  }
}
