package dev.countersign.servlet;

import dev.countersign.config.ProtectedResource;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.spi.Finding;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.List;

/**
 * What a web application below a context path cannot serve: well-known URLs hang at the root (RFC
 * 8615 section 3).
 */
final class ContextPath {

  private ContextPath() {}

  static List<Finding> findings(ServletContext context, ResourceServerConfig config) {
    String path = context.getContextPath();
    if (path == null || path.isEmpty()) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>();
    for (ProtectedResource resource : config.resources()) {
      String url = resource.identifier().metadataUrl();
      findings.add(
          new Finding(
              "D57",
              Finding.Level.WARNING,
              "this web application is deployed at "
                  + path
                  + " and cannot serve "
                  + url
                  + ", where clients look for its metadata: deploy it at the root, or put a second"
                  + " filter with the same settings into the root web application, or let the proxy"
                  + " in front map that URL to "
                  + path
                  + " or use the Countersign Java agent, which serves it for the whole server"));
    }
    return findings;
  }
}
