import java.security.Principal;
import java.util.Map;
import org.springaicommunity.mcp.security.server.config.McpServerOAuth2Configurer;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A server that is guarded by the security library of the Spring AI community. */
@SpringBootConfiguration
@EnableAutoConfiguration
@RestController
public class McpSecurityServer {

  public static void main(String[] arguments) throws Exception {
    SpringApplication application = new SpringApplication(McpSecurityServer.class);
    application.setDefaultProperties(
        Map.of(
            "server.port", "0",
            "server.address", "127.0.0.1",
            "spring.main.banner-mode", "off"));
    ConfigurableApplicationContext context = application.run(arguments);
    String port = context.getEnvironment().getRequiredProperty("local.server.port");
    System.out.println("probe http://localhost:" + port);
    System.in.read();
    System.exit(0);
  }

  @Bean
  SecurityFilterChain security(HttpSecurity http) throws Exception {
    return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .with(
            McpServerOAuth2Configurer.mcpServerOAuth2(),
            mcp -> mcp.authorizationServer(System.getProperty("issuer")).resourcePath("/mcp"))
        .build();
  }

  @GetMapping("/mcp")
  String user(Principal user) {
    return "user " + user.getName();
  }
}
