package dev.countersign.it.agent;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/** Repair mode on applications that authenticate by Spring Security 7. */
class SpringSecurityRepairIT {

  private static final String BOOT = "4.1.2";

  /** The resource server of Spring Security; it trusts the issuer of the property of this name. */
  static final ServerProgram RESOURCE_SERVER =
      program(
          "spring-security/SpringSecurityServer",
          "org.springframework.security:spring-security-oauth2-resource-server:7.1.2");

  private static ServerProgram program(String name, String library) {
    return new ServerProgram(
        name,
        List.of(
            "org.springframework.boot:spring-boot-dependencies:pom:" + BOOT,
            library,
            "org.springframework.boot:spring-boot-starter-security-oauth2-resource-server:" + BOOT,
            "org.springframework.boot:spring-boot-starter-webmvc:" + BOOT),
        "");
  }

  @Nested
  class ResourceServer extends LoginRepairContract {

    @Override
    Process start(Map<String, String> settings, String issuer) throws IOException {
      return GuardedJvm.start(RESOURCE_SERVER, settings, "-Dissuer=" + issuer);
    }

    // The path is lost, and the scheme is the one behind the proxy.
    @Override
    List<String> own() {
      return List.of(
          "Bearer resource_metadata="
              + "\"http://mcp.example.com/.well-known/oauth-protected-resource\"");
    }
  }

  @Nested
  class McpServerSecurity extends LoginRepairContract {

    @Override
    Process start(Map<String, String> settings, String issuer) throws IOException {
      ServerProgram program =
          program(
              "mcp-security/McpSecurityServer", "org.springaicommunity:mcp-server-security:0.1.13");
      return GuardedJvm.start(program, settings, "-Dissuer=" + issuer);
    }

    // Not quoted, and the scheme is the one behind the proxy.
    @Override
    List<String> own() {
      return List.of(
          "Bearer resource_metadata="
              + "http://mcp.example.com/.well-known/oauth-protected-resource/mcp");
    }
  }
}
