package dev.countersign.it.undertow;

import dev.countersign.it.servlet.DeploymentContract;

class UndertowDeploymentIT extends DeploymentContract {

  UndertowDeploymentIT() {
    super(new EmbeddedUndertow());
  }
}
