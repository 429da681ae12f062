package dev.countersign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.countersign.http.Response;
import dev.countersign.mcp.JsonRpcBody;
import dev.countersign.oauth.Credentials;
import dev.countersign.oauth.Denial;
import dev.countersign.spi.Admission;
import dev.countersign.spi.Exchange;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadExchangeTest {

  /** Writes down what it is asked for. */
  private static final class Asked implements Exchange {

    private final List<String> questions = new ArrayList<>();

    @Override
    public String method() {
      questions.add("method");
      return "GET";
    }

    @Override
    public String path() {
      questions.add("path");
      return "/mcp";
    }

    @Override
    public String query() {
      questions.add("query");
      return "";
    }

    @Override
    public List<String> headers(String name) {
      questions.add(name);
      return name.equals("Authorization") ? List.of("Bearer abc") : List.of();
    }

    @Override
    public void send(Response response) {
      throw new AssertionError("nothing is sent");
    }

    @Override
    public void accept(Admission admission) {
      throw new AssertionError("nothing is admitted");
    }
  }

  private static final JsonRpcBody REFUSED = new JsonRpcBody.Refused(Denial.BODY_UNREADABLE);

  private final Asked attachment = new Asked();
  private final ReadExchange exchange = new ReadExchange(attachment);

  // A method with a default that is forgotten here would silently lose what the attachment knows.
  @Test
  void asksTheAttachmentForEverything() {
    List<String> forgotten =
        Arrays.stream(Exchange.class.getMethods())
            .filter(method -> !isOverridden(method))
            .map(Method::getName)
            .toList();
    assertEquals(List.of(), forgotten);
  }

  private static boolean isOverridden(Method method) {
    return Arrays.stream(ReadExchange.class.getDeclaredMethods())
        .anyMatch(
            own ->
                own.getName().equals(method.getName())
                    && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()));
  }

  @Test
  void readsTheHeadOnce() {
    for (int i = 0; i < 3; i++) {
      assertEquals("GET", exchange.method());
      assertEquals("/mcp", exchange.path());
      assertEquals("", exchange.query());
      assertEquals(List.of(), exchange.headers("Origin"));
      assertEquals(List.of("Bearer abc"), exchange.headers("Authorization"));
      assertEquals(List.of(), exchange.headers("Mcp-Session-Id"));
    }

    assertEquals(
        List.of("method", "path", "query", "Origin", "Authorization", "Mcp-Session-Id"),
        attachment.questions);
  }

  @Test
  void readsTheCredentialsOnce() {
    Credentials first = exchange.credentials(lines -> Credentials.from(lines, 100));

    assertEquals(
        "abc", ((Credentials.Presented) first).token().text(), "of the lines of the field");
    assertSame(
        first,
        exchange.credentials(
            lines -> {
              throw new AssertionError("read again");
            }));
  }

  @Test
  void readsTheBodyOnce() {
    JsonRpcBody first = new JsonRpcBody.Calls(List.of());

    assertSame(first, exchange.body(one -> first, (one, body) -> REFUSED));
    assertSame(first, exchange.body(one -> REFUSED, (one, body) -> REFUSED));
  }
}
