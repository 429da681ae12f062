package dev.countersign.store.jcache;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.Tokens;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two servers in two JVMs that share what is revoked. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LogoutOnTwoNodesTest {

  private static final String ADMITTED = "admitted";
  private static final String REFUSED = "401 invalid_token";

  private static String token(Tokens tokens, String session, String id) {
    return tokens.mint().claim("sid", session).claim("jti", id).text();
  }

  @Test
  void CA5_S19_aLogoutOnOneNodeHoldsOnAll() throws Exception {
    try (FakeAuthorizationServer server = FakeAuthorizationServer.start();
        Node own = Node.start("");
        OtherJvm other = new OtherJvm(own.address(), server.issuer())) {
      assertEquals("members 2", other.greeting());
      own.serve(server.issuer());
      Tokens tokens = server.tokens(Node.RESOURCE);
      String first = token(tokens, "session-1", "a");
      String second = token(tokens, "session-1", "b");
      String another = token(tokens, "session-2", "c");
      // Twice, so that both have them in their caches of accepted tokens.
      for (int run = 0; run < 2; run++) {
        for (String token : new String[] {first, second, another}) {
          assertEquals(ADMITTED, own.call(token));
          assertEquals(ADMITTED, other.ask("call " + token));
        }
      }

      assertEquals("done", other.ask("logout session-1"));

      String fresh = token(tokens, "session-1", "d");
      for (String token : new String[] {first, second, fresh}) {
        assertEquals(REFUSED, own.call(token));
        assertEquals(REFUSED, other.ask("call " + token));
      }
      assertEquals(ADMITTED, own.call(another));
      assertEquals(ADMITTED, other.ask("call " + another));

      own.logout("session-2");
      assertEquals(REFUSED, other.ask("call " + another));
      own.engine().restore(own.logoutOf("session-1"));
      assertEquals(ADMITTED, other.ask("call " + first));
    }
  }

  @Test
  void CA5_aLogoutOutlivesTheNodeThatWasTold() throws Exception {
    try (FakeAuthorizationServer server = FakeAuthorizationServer.start();
        Node own = Node.start("");
        OtherJvm other = new OtherJvm(own.address(), server.issuer())) {
      own.serve(server.issuer());
      String token = token(server.tokens(Node.RESOURCE), "session-1", "a");
      assertEquals(ADMITTED, own.call(token));

      assertEquals("done", other.ask("logout session-1"));
      other.kill();

      assertEquals(REFUSED, own.call(token));
    }
  }
}
