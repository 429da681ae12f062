import java.security.Principal;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A resource server of Spring Security as Spring Boot makes it of one property. */
@SpringBootConfiguration
@EnableAutoConfiguration
@RestController
public class SpringSecurityServer {

  public static void main(String[] arguments) throws Exception {
    SpringApplication application = new SpringApplication(SpringSecurityServer.class);
    application.setDefaultProperties(
        Map.of(
            "server.port", "0",
            "server.address", "127.0.0.1",
            "spring.main.banner-mode", "off",
            "spring.security.oauth2.resourceserver.jwt.issuer-uri", System.getProperty("issuer")));
    ConfigurableApplicationContext context = application.run(arguments);
    String port = context.getEnvironment().getRequiredProperty("local.server.port");
    System.out.println("probe http://localhost:" + port);
    System.in.read();
    System.exit(0);
  }

  @GetMapping("/mcp")
  String user(Principal user) {
    return "user " + user.getName();
  }
}
