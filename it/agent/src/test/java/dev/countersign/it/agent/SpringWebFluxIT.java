package dev.countersign.it.agent;

import java.net.http.HttpClient.Version;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** The WebFlux starter of spring-ai: an MCP server on Reactor Netty. */
class SpringWebFluxIT {

  private static ServerProgram springAi(String boot, String version) {
    return new ServerProgram(
        "spring-webflux/WebFluxMcpServer",
        List.of(
            "org.springframework.boot:spring-boot-dependencies:pom:" + boot,
            "org.springframework.ai:spring-ai-starter-mcp-server-webflux:" + version),
        "");
  }

  /** Spring Boot 3.5. */
  @Nested
  class SpringAi1 extends McpServerContract {
    SpringAi1() {
      super(springAi("3.5.7", "1.1.2"), Version.HTTP_1_1);
    }
  }

  /** Spring Boot 4. */
  @Nested
  class SpringAi2 extends McpServerContract {
    SpringAi2() {
      super(springAi("4.0.7", "2.0.0"), Version.HTTP_1_1);
    }
  }

  @Nested
  class SpringAi2OverHttp2 extends McpServerContract {
    SpringAi2OverHttp2() {
      super(springAi("4.0.7", "2.0.0"), Version.HTTP_2);
    }
  }
}
