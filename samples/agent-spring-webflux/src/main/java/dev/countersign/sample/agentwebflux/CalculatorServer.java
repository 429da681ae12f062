package dev.countersign.sample.agentwebflux;

import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.ai.tool.method.MethodToolCallbackProvider;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** An MCP server of the spring-ai WebFlux starter, as anybody would write it. */
@SpringBootApplication
public class CalculatorServer {

  /** For Spring. */
  public CalculatorServer() {}

  /**
   * Starts it.
   *
   * @param arguments those of Spring Boot
   */
  public static void main(String[] arguments) {
    SpringApplication.run(CalculatorServer.class, arguments);
  }

  @Bean
  ToolCallbackProvider tools() {
    return MethodToolCallbackProvider.builder().toolObjects(new Calculator()).build();
  }
}
