package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.http.HttpClient.Version;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** MCP servers on Tomcat as people write them: by spring-ai, and by the MCP Java SDK alone. */
class ServletMcpServersIT {

  private static ServerProgram springAi(String boot, String version) {
    return new ServerProgram(
        "spring-webmvc/WebMvcMcpServer",
        List.of(
            "org.springframework.boot:spring-boot-dependencies:pom:" + boot,
            "org.springframework.ai:spring-ai-starter-mcp-server-webmvc:" + version),
        "");
  }

  private static ServerProgram sdk() {
    return new ServerProgram(
        "mcp-sdk/SdkMcpServer",
        List.of(
            "org.springframework.boot:spring-boot-dependencies:pom:4.0.7",
            "io.modelcontextprotocol.sdk:mcp:2.1.0",
            "org.apache.tomcat.embed:tomcat-embed-core:11.0.27"),
        "");
  }

  /** Spring Boot 3.5 on Tomcat 10.1. */
  @Nested
  class SpringAi1 extends McpServerContract {
    SpringAi1() {
      super(springAi("3.5.7", "1.1.2"), Version.HTTP_1_1);
    }
  }

  /** Spring Boot 4 on Tomcat 11. */
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

  @Nested
  class JavaSdk extends McpServerContract {
    JavaSdk() {
      super(sdk(), Version.HTTP_1_1);
    }
  }

  @Nested
  class JavaSdkOverHttp2 extends McpServerContract {
    JavaSdkOverHttp2() {
      super(sdk(), Version.HTTP_2);
    }

    // The SDK writes a Connection field on its streams, which HTTP/2 forbids (RFC 9113 section
    // 8.2.2) and the client of newer JDKs refuses.
    @Test
    @Override
    void listsAndCallsTools() throws Exception {
      assumeTrue(
          Runtime.version().feature() < 25, "the client refuses the field of the application");
      super.listsAndCallsTools();
    }
  }
}
