import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.auth.User;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.ext.web.handler.SessionHandler;
import io.vertx.ext.web.handler.SimpleAuthenticationHandler;
import io.vertx.ext.web.sstore.LocalSessionStore;
import java.util.concurrent.CompletableFuture;

/** What vertx-web tells an application of its user, with and without a login of its own. */
public final class RoutingServer {

  public static void main(String[] arguments) throws Exception {
    Vertx vertx = Vertx.vertx();
    Router router = Router.router(vertx);
    SessionHandler sessions = SessionHandler.create(LocalSessionStore.create(vertx));
    router.route("/session").handler(sessions);
    router.route("/open/session").handler(sessions);
    router
        .route("/own")
        .handler(SimpleAuthenticationHandler.create().authenticate(RoutingServer::login));
    Router inner = Router.router(vertx);
    inner.route().handler(RoutingServer::answer);
    router.route("/mcp*").subRouter(inner);
    router.route("/later").handler(RoutingServer::later);
    router.route().handler(RoutingServer::answer);
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "localhost")
            .toCompletionStage()
            .toCompletableFuture()
            .get();
    System.out.println("probe http://localhost:" + server.actualPort());
    System.in.read();
    System.exit(0);
  }

  private static Future<User> login(RoutingContext context) {
    String name = context.request().getHeader("X-Login");
    return name == null
        ? Future.failedFuture(new HttpException(403))
        : Future.succeededFuture(User.fromName(name));
  }

  private static void answer(RoutingContext context) {
    context.response().end(user(context));
  }

  private static void later(RoutingContext context) {
    CompletableFuture.supplyAsync(() -> user(context))
        .thenAccept(user -> context.vertx().runOnContext(go -> context.response().end(user)));
  }

  // It is one object for all handlers, or authorizations would be lost.
  private static String user(RoutingContext context) {
    User user = context.user();
    return user == null
        ? "none none"
        : user.subject()
            + " "
            + user.principal().getString("sub")
            + (user == context.user() ? "" : "!");
  }
}
