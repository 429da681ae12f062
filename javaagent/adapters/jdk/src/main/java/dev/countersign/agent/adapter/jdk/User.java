package dev.countersign.agent.adapter.jdk;

import com.sun.net.httpserver.HttpPrincipal;
import dev.countersign.oauth.AccessToken;
import java.util.Map;

/**
 * Who calls.
 *
 * @param principal the subject, in the realm of its issuer
 * @param claims everything that the token says
 */
record User(HttpPrincipal principal, Map<String, Object> claims) {

  static User of(AccessToken token) {
    return new User(new HttpPrincipal(token.subject(), token.issuer()), token.claims());
  }
}
