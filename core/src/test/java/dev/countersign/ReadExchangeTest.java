package dev.countersign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.countersign.mcp.JsonRpcBody;
import dev.countersign.oauth.Denial;
import dev.countersign.spi.Exchange;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadExchangeTest {

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
  void readsTheBodyOnce() {
    MemoryExchange attachment = MemoryExchange.of("POST", "/mcp").json("{}");
    ReadExchange exchange = new ReadExchange(attachment);
    JsonRpcBody first = new JsonRpcBody.Calls(List.of());

    assertSame(first, exchange.body(one -> first));
    assertSame(first, exchange.body(one -> new JsonRpcBody.Refused(Denial.BODY_UNREADABLE)));
  }
}
