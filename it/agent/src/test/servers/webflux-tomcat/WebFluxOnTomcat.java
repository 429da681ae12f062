import java.nio.file.Files;
import java.security.Principal;
import java.util.Map;
import org.apache.catalina.startup.Tomcat;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.TomcatHttpHandlerAdapter;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;

/** Spring WebFlux where there is no Reactor Netty: says who the user is, in two words. */
public final class WebFluxOnTomcat {

  public static void main(String[] arguments) throws Exception {
    var context = new AnnotationConfigApplicationContext(Application.class, Users.class);
    var handler = WebHttpHandlerBuilder.applicationContext(context).build();
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
    tomcat.setPort(0);
    var root = tomcat.addContext("", null);
    var servlet = Tomcat.addServlet(root, "webflux", new TomcatHttpHandlerAdapter(handler));
    servlet.setAsyncSupported(true);
    root.addServletMappingDecoded("/", "webflux");
    tomcat.getConnector();
    tomcat.start();
    System.out.println("probe http://localhost:" + tomcat.getConnector().getLocalPort());
    System.in.read();
    System.exit(0);
  }

  @Configuration
  @EnableWebFlux
  static class Application {}

  @RestController
  static class Users {

    @RequestMapping({"/mcp", "/open"})
    Mono<String> user(Mono<Principal> principal, ServerWebExchange exchange) {
      Object claims = exchange.getAttribute("dev.countersign.claims");
      Object subject = claims instanceof Map<?, ?> map ? map.get("sub") : "none";
      return principal
          .map(Principal::getName)
          .defaultIfEmpty("none")
          .map(name -> name + " " + subject);
    }
  }
}
