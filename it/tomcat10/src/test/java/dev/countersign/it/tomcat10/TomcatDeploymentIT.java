package dev.countersign.it.tomcat10;

import dev.countersign.it.servlet.DeploymentContract;

class TomcatDeploymentIT extends DeploymentContract {

  TomcatDeploymentIT() {
    super(new EmbeddedTomcat());
  }
}
