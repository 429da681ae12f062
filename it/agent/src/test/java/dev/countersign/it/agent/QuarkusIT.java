package dev.countersign.it.agent;

import java.net.http.HttpClient;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** The MCP server of Quarkus, as its plugin packs it, in the loader that Quarkus brings. */
class QuarkusIT {

  static final ServerProgram QUARKUS =
      new ServerProgram(
          "quarkus/QuarkusServer",
          List.of(
              "io.quarkiverse.mcp:quarkus-mcp-server-http:1.13.0"
                  + "=../quarkus/target/quarkus-app/quarkus-run.jar"),
          "");

  @Nested
  class Http1 extends McpServerContract {
    Http1() {
      super(QUARKUS, HttpClient.Version.HTTP_1_1);
    }
  }

  @Nested
  class Http2 extends McpServerContract {
    Http2() {
      super(QUARKUS, HttpClient.Version.HTTP_2);
    }
  }
}
