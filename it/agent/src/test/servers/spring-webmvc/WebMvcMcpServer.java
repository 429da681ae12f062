import java.util.Map;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.method.MethodToolCallbackProvider;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** An MCP server of the spring-ai WebMVC starter that knows nothing of authorization. */
@SpringBootConfiguration
@EnableAutoConfiguration
public class WebMvcMcpServer {

  public static void main(String[] arguments) throws Exception {
    SpringApplication application = new SpringApplication(WebMvcMcpServer.class);
    application.setDefaultProperties(
        Map.of(
            "server.port", "0",
            "server.address", "127.0.0.1",
            "server.http2.enabled", "true",
            "spring.main.banner-mode", "off",
            "spring.ai.mcp.server.protocol", "STREAMABLE",
            "spring.ai.mcp.server.type", "SYNC"));
    ConfigurableApplicationContext context = application.run(arguments);
    String port = context.getEnvironment().getRequiredProperty("local.server.port");
    System.out.println("probe http://localhost:" + port);
    System.in.read();
    System.exit(0);
  }

  @Bean
  ToolCallbackProvider tools() {
    return MethodToolCallbackProvider.builder().toolObjects(new Tools()).build();
  }

  static class Tools {

    @Tool(description = "Adds two numbers")
    int add(int one, int other) {
      return one + other;
    }
  }
}
