package dev.countersign.sample.spring;

import dev.countersign.ResourceServer;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An MCP server of the Spring AI starter, as anybody would write it. */
@SpringBootApplication
public class NotesApplication {

  /**
   * Runs the server until the process is ended.
   *
   * @param args settings of Spring Boot, such as {@code --server.port=8081}
   */
  public static void main(String[] args) {
    ResourceServer engine =
        SpringApplication.run(NotesApplication.class, args).getBean(ResourceServer.class);
    System.out.println("MCP server " + engine.config().resources().get(0).identifier());
  }
}
