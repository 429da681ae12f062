import java.security.Principal;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** What Spring WebFlux tells an application that knows nothing of authorization of its user. */
public final class WebFluxServer {

  public static void main(String[] arguments) throws Exception {
    var context = new AnnotationConfigApplicationContext(Application.class);
    var handler = WebHttpHandlerBuilder.applicationContext(context).build();
    DisposableServer server =
        HttpServer.create()
            .host("localhost")
            .port(0)
            .handle(new ReactorHttpHandlerAdapter(handler))
            .bindNow();
    System.out.println("probe http://localhost:" + server.port());
    System.in.read();
    System.exit(0);
  }

  @Configuration
  @EnableWebFlux
  static class Application {

    @Bean
    Users users() {
      return new Users();
    }

    // Puts a request of its own around the server's.
    @Bean
    ForwardedHeaderTransformer forwardedHeaderTransformer() {
      return new ForwardedHeaderTransformer();
    }
  }

  @RestController
  static class Users {

    @RequestMapping({"/mcp", "/open"})
    Mono<String> user(Mono<Principal> principal, ServerWebExchange exchange) {
      return principal
          .map(Principal::getName)
          .defaultIfEmpty("none")
          .flatMap(name -> inContext().map(user -> name + " " + claims(exchange) + " " + user));
    }

    private static Mono<String> inContext() {
      return Mono.deferContextual(
          context ->
              Mono.just(
                  context
                      .<Principal>getOrEmpty(Principal.class)
                      .map(Principal::getName)
                      .orElse("none")));
    }

    @RequestMapping("/later")
    CompletableFuture<String> later(ServerWebExchange exchange) {
      return CompletableFuture.supplyAsync(
          () ->
              exchange.getPrincipal().map(Principal::getName).defaultIfEmpty("none").block()
                  + " "
                  + claims(exchange));
    }

    private static String claims(ServerWebExchange exchange) {
      Object claims = exchange.getAttribute("dev.countersign.claims");
      return claims instanceof Map<?, ?> map ? String.valueOf(map.get("sub")) : "none";
    }
  }
}
