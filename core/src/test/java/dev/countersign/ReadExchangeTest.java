package dev.countersign;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.spi.Exchange;
import dev.countersign.spi.ReplayableBody;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
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
  void readsTheBodyOnce() throws IOException {
    MemoryExchange attachment = MemoryExchange.of("POST", "/mcp").json("{}");
    ReplayableBody first = new ReadExchange(attachment).body().orElseThrow();
    Exchange exchange = new ReadExchange(attachment);

    assertArrayEquals("{}".getBytes(StandardCharsets.UTF_8), first.read(10));
    assertArrayEquals(
        "{}".getBytes(StandardCharsets.UTF_8), exchange.body().orElseThrow().read(10));
    assertArrayEquals(
        "{}".getBytes(StandardCharsets.UTF_8), exchange.body().orElseThrow().read(10));
    assertEquals(2, attachment.bodyReads);
  }
}
