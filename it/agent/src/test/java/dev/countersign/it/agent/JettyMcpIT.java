package dev.countersign.it.agent;

import java.net.http.HttpClient.Version;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** MCP servers that run on Jetty: the official SDK, and the WebMVC starter of spring-ai. */
class JettyMcpIT {

  private static ServerProgram sdk(String version, String jetty) {
    return new ServerProgram(
        "jetty-mcp-sdk/SdkMcpServer",
        List.of(
            "io.modelcontextprotocol.sdk:mcp:" + version,
            "org.eclipse.jetty.ee10:jetty-ee10-servlet:" + jetty),
        "");
  }

  private static ServerProgram springAi(String boot, String version) {
    return new ServerProgram(
        "jetty-spring/WebMvcMcpServer",
        List.of(
            "org.springframework.boot:spring-boot-dependencies:pom:" + boot,
            "org.springframework.ai:spring-ai-starter-mcp-server-webmvc:" + version,
            "org.springframework.boot:spring-boot-starter-jetty:" + boot),
        "");
  }

  @Nested
  class Sdk1 extends McpServerContract {
    Sdk1() {
      super(sdk("1.0.0", "12.0.28"), Version.HTTP_1_1);
    }
  }

  @Nested
  class Sdk2 extends McpServerContract {
    Sdk2() {
      super(sdk("2.1.0", "12.1.14"), Version.HTTP_1_1);
    }
  }

  /** Spring Boot 3.5, with Jetty 12.0. */
  @Nested
  class SpringBoot3 extends McpServerContract {
    SpringBoot3() {
      super(springAi("3.5.7", "1.1.2"), Version.HTTP_1_1);
    }
  }

  /** Spring Boot 4, with Jetty 12.1. */
  @Nested
  class SpringBoot4 extends McpServerContract {
    SpringBoot4() {
      super(springAi("4.0.7", "2.0.0"), Version.HTTP_1_1);
    }
  }
}
