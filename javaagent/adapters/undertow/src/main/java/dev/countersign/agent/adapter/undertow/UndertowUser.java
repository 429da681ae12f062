package dev.countersign.agent.adapter.undertow;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import dev.countersign.agent.runtime.Principals;
import dev.countersign.oauth.AccessToken;
import io.undertow.security.api.SecurityContext;
import io.undertow.security.idm.Account;
import io.undertow.security.impl.SecurityContextImpl;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells every security context of a request, of whomever it is, who calls. */
public final class UndertowUser implements Interceptor {

  private static final AttachmentKey<Account> ACCOUNT = AttachmentKey.create(Account.class);

  /**
   * An interceptor.
   *
   * @param engine not used
   */
  public UndertowUser(Engine engine) {
    // The user is known by then.
  }

  @Override
  public @Nullable Object intercept(Call call) {
    Account account = call.self(HttpServerExchange.class).getAttachment(ACCOUNT);
    // What the application demands beyond that, it demands by mechanisms that it adds later.
    if (account != null && call.arguments()[0] instanceof SecurityContext context) {
      context.authenticationComplete(account, Principals.AUTH_TYPE, false);
    }
    return null;
  }

  static boolean isSet(HttpServerExchange exchange) {
    return exchange.getAttachment(ACCOUNT) != null;
  }

  static void set(HttpServerExchange exchange, AccessToken token) {
    exchange.putAttachment(ACCOUNT, new TokenAccount(token.subject(), token.scope().tokens()));
    exchange.setSecurityContext(new SecurityContextImpl(exchange, TokenAccount.NOBODY_ELSE));
    Map<String, Object> attributes = new HashMap<>();
    Map<String, String> known = exchange.getAttachment(HttpServerExchange.REQUEST_ATTRIBUTES);
    if (known != null) {
      attributes.putAll(known);
    }
    attributes.put(Principals.ATTRIBUTE, token.claims());
    exchange.putAttachment(HttpServerExchange.REQUEST_ATTRIBUTES, attributes(attributes));
  }

  // Undertow has only texts to put there, but hands them to servlets as any object.
  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Map<String, String> attributes(Map<String, Object> all) {
    return (Map) all;
  }
}
