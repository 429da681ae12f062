package dev.countersign.it.agent;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/** Repair mode on applications that authenticate by Spring Security 7. */
class SpringSecurityRepairIT {

  private static final String BOOT = "4.1.2";

  private abstract static class SpringContract extends LoginRepairContract {

    private final ServerProgram program;

    SpringContract(String program, String library) {
      this.program =
          new ServerProgram(
              program,
              List.of(
                  "org.springframework.boot:spring-boot-dependencies:pom:" + BOOT,
                  library,
                  "org.springframework.boot:spring-boot-starter-security-oauth2-resource-server:"
                      + BOOT,
                  "org.springframework.boot:spring-boot-starter-webmvc:" + BOOT),
              "");
    }

    @Override
    Process start(Map<String, String> settings, String issuer) throws IOException {
      return GuardedJvm.start(program, settings, "-Dissuer=" + issuer);
    }
  }

  @Nested
  class ResourceServer extends SpringContract {
    ResourceServer() {
      super(
          "spring-security/SpringSecurityServer",
          "org.springframework.security:spring-security-oauth2-resource-server:7.1.2");
    }

    // The path is lost, and the scheme is the one behind the proxy.
    @Override
    String own() {
      return "Bearer resource_metadata="
          + "\"http://mcp.example.com/.well-known/oauth-protected-resource\"";
    }
  }

  @Nested
  class McpServerSecurity extends SpringContract {
    McpServerSecurity() {
      super("mcp-security/McpSecurityServer", "org.springaicommunity:mcp-server-security:0.1.13");
    }

    // Not quoted, and the scheme is the one behind the proxy.
    @Override
    String own() {
      return "Bearer resource_metadata="
          + "http://mcp.example.com/.well-known/oauth-protected-resource/mcp";
    }
  }
}
