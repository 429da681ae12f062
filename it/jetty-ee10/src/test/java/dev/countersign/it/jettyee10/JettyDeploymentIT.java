package dev.countersign.it.jettyee10;

import dev.countersign.it.servlet.DeploymentContract;

class JettyDeploymentIT extends DeploymentContract {

  JettyDeploymentIT() {
    super(new EmbeddedJetty());
  }
}
