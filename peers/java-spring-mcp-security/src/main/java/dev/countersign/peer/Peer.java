package dev.countersign.peer;

import java.net.URI;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An MCP server by the starter of Spring AI, secured by mcp-security. */
@SpringBootApplication
public class Peer {

  public static void main(String[] args) {
    SpringApplication application = new SpringApplication(Peer.class);
    int port = URI.create(System.getenv("RESOURCE")).getPort();
    application.setDefaultProperties(Map.of("server.port", port));
    application.run(args);
  }
}
