package dev.countersign.agent.adapter.vertxweb;

import java.lang.StackWalker.StackFrame;
import java.util.List;

/**
 * Who asks for a user in order to let somebody in, or to remember them: handlers of vertx-web that
 * authenticate take any user for one of theirs, and sessions keep whom they find, for requests that
 * have no token any more.
 */
final class Login {

  private static final StackWalker STACK = StackWalker.getInstance();

  private static final String WEB = "io.vertx.ext.web.";

  // Of vertx-web itself; Quarkus takes its own type for granted.
  private static final List<String> LOGINS = List.of("io.vertx.ext.web.handler.", "io.quarkus.");

  // Asks what a user may do, once it is known who it is.
  private static final String AUTHORIZATION =
      "io.vertx.ext.web.handler.impl.AuthorizationHandlerImpl";

  private Login() {}

  /** Whether the caller of the routing context, which is on the stack, is one. */
  static boolean isAsking() {
    return STACK.walk(
        frames ->
            frames
                .map(StackFrame::getClassName)
                .dropWhile(name -> !name.startsWith(WEB))
                .dropWhile(Login::isContext)
                .findFirst()
                .filter(name -> !name.equals(AUTHORIZATION))
                .filter(name -> LOGINS.stream().anyMatch(name::startsWith))
                .isPresent());
  }

  private static boolean isContext(String name) {
    return name.startsWith(WEB + "impl.") || name.startsWith(WEB + "RoutingContext");
  }
}
