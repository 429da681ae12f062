package dev.countersign.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.config.ConfigBuilder;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.spi.Finding;
import jakarta.servlet.ServletContext;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContextPathTest {

  private static ServletContext context(String path) {
    return (ServletContext)
        Proxy.newProxyInstance(
            ContextPathTest.class.getClassLoader(),
            new Class<?>[] {ServletContext.class},
            (proxy, method, arguments) -> path);
  }

  private static ConfigBuilder builder() {
    return ResourceServerConfig.builder("https://h.example/ctx/mcp")
        .authorizationServer("https://id.example");
  }

  @Test
  void M04_M06_saysWhichDocumentsAreOutOfReachBelowAContextPath() {
    ConfigBuilder builder = builder();
    builder.resource("b").resource("https://h.example/ctx/b");

    List<Finding> findings = ContextPath.findings(context("/ctx"), builder.build());

    assertEquals(2, findings.size());
    assertTrue(
        findings
            .get(0)
            .toString()
            .startsWith(
                "D57 this web application is deployed at /ctx and cannot serve"
                    + " https://h.example/.well-known/oauth-protected-resource/ctx/mcp, where"
                    + " clients look for its metadata: "),
        findings.get(0)::toString);
  }

  @Test
  void M06_findsNothingAtTheRoot() {
    assertEquals(List.of(), ContextPath.findings(context(""), builder().build()));
    assertEquals(List.of(), ContextPath.findings(context(null), builder().build()));
  }
}
