package dev.countersign.it.agent;

import java.net.http.HttpClient.Version;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** The MCP server of the Kotlin SDK, on Ktor. */
class KotlinSdkMcpIT {

  private static ServerProgram sdk(String version, String engine, String ktor) {
    return new ServerProgram(
        "kotlin-sdk/KotlinSdkServer",
        List.of(
            "io.modelcontextprotocol:kotlin-sdk-server-jvm:" + version,
            "io.ktor:ktor-server-" + engine + "-jvm:" + ktor),
        "");
  }

  @Nested
  class Netty extends McpServerContract {
    Netty() {
      super(sdk("0.14.0", "netty", "3.4.3"), Version.HTTP_1_1);
    }
  }

  @Nested
  class Cio extends McpServerContract {
    Cio() {
      super(sdk("0.14.0", "cio", "3.4.3"), Version.HTTP_1_1);
    }

    @Override
    boolean filtersLists() {
      return false;
    }
  }
}
