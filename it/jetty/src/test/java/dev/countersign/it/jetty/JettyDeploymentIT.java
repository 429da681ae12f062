package dev.countersign.it.jetty;

import dev.countersign.it.servlet.DeploymentContract;

class JettyDeploymentIT extends DeploymentContract {

  JettyDeploymentIT() {
    super(new EmbeddedJetty());
  }
}
