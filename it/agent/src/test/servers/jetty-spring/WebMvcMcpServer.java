import java.util.List;
import java.util.Map;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.method.MethodToolCallbackProvider;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.util.ClassUtils;

/** An MCP server of the spring-ai WebMVC starter on Jetty that knows nothing of authorization. */
@SpringBootConfiguration
@EnableAutoConfiguration
public class WebMvcMcpServer {

  // Of Spring Boot 3 and 4.
  private static final List<String> FACTORIES =
      List.of(
          "org.springframework.boot.web.embedded.jetty.JettyServletWebServerFactory",
          "org.springframework.boot.jetty.servlet.JettyServletWebServerFactory");

  public static void main(String[] arguments) throws Exception {
    SpringApplication application = new SpringApplication(WebMvcMcpServer.class);
    // The starter also brings Tomcat, which Spring Boot would take.
    application.addInitializers(
        context -> ((GenericApplicationContext) context).registerBean("jetty", factory()));
    application.setDefaultProperties(
        Map.of(
            "server.port", "0",
            "server.address", "127.0.0.1",
            "spring.main.banner-mode", "off",
            "spring.ai.mcp.server.protocol", "STREAMABLE",
            "spring.ai.mcp.server.type", "SYNC"));
    ConfigurableApplicationContext context = application.run(arguments);
    Object server = context.getClass().getMethod("getWebServer").invoke(context);
    if (!server.getClass().getSimpleName().startsWith("Jetty")) {
      context.close();
      throw new IllegalStateException("expected Jetty, found " + server);
    }
    String port = context.getEnvironment().getRequiredProperty("local.server.port");
    System.out.println("probe http://localhost:" + port);
    System.in.read();
    System.exit(0);
  }

  private static Class<?> factory() {
    String name =
        FACTORIES.stream().filter(type -> ClassUtils.isPresent(type, null)).findFirst().get();
    return ClassUtils.resolveClassName(name, null);
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
