package dev.countersign;

import static dev.countersign.Engines.engine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.config.ConfigBuilder;
import dev.countersign.config.Mode;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.http.Response;
import dev.countersign.spi.Admission;
import dev.countersign.spi.Exchange;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ResourceServerTest {

  private static final Consumer<ConfigBuilder> REPORT = config -> config.mode(Mode.REPORT_ONLY);

  @Test
  void closesTheValidator() {
    StubValidator validator = new StubValidator();
    ResourceServer engine = engine(config -> config.tokenValidator(validator));

    engine.close();
    engine.close();

    assertTrue(validator.closed);
  }

  @Test
  void makesAValidatorOfItsOwnWithoutAskingAnybody() {
    try (ResourceServer engine =
        ResourceServer.create(
            ResourceServerConfig.builder("https://mcp.example/mcp")
                .authorizationServer("https://id.invalid")
                .build())) {
      assertEquals(401, MemoryExchange.of("POST", "/mcp").bearer("abc").refusedBy(engine).status());
    }
  }

  @Test
  void knowsItsConfiguration() {
    ResourceServerConfig config = Engines.builder().build();

    assertSame(config, ResourceServer.create(config).config());
  }

  @Test
  void AG30_needsAConfiguration() {
    assertThrows(NullPointerException.class, () -> ResourceServer.create(null));
  }

  @Test
  void AG26_judgesTheSameInEveryLocale() {
    Response expected = MemoryExchange.of("POST", "/mcp").refusedBy(engine());
    Locale before = Locale.getDefault();
    try {
      for (String tag : List.of("tr", "az", "ar-EG-u-nu-arab", "th-TH-u-nu-thai", "de")) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        ResourceServer engine = engine();
        assertEquals(expected, MemoryExchange.of("POST", "/mcp").refusedBy(engine), tag);
        assertTrue(
            MemoryExchange.of("POST", "/mcp")
                .field("AUTHORIZATION", "BEARER good.mcp_read")
                .admittedBy(engine));
        assertEquals(
            204,
            MemoryExchange.of("OPTIONS", "/.well-known/oauth-protected-resource")
                .refusedBy(engine)
                .status());
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void documentsComeBeforeOriginAndToken() {
    Response plain =
        MemoryExchange.of("GET", "/.well-known/oauth-protected-resource/mcp").refusedBy(engine());

    assertEquals(
        plain,
        MemoryExchange.of("GET", "/.well-known/oauth-protected-resource/mcp")
            .field("Origin", "https://evil.example")
            .bearer("EXPIRED")
            .refusedBy(engine()));
  }

  @Test
  void reportOnlyAdmitsWhatItWouldRefuse() {
    ResourceServer engine = engine(REPORT);

    for (MemoryExchange exchange :
        List.of(
            MemoryExchange.of("POST", "/mcp"),
            MemoryExchange.of("POST", "/mcp").bearer("EXPIRED"),
            MemoryExchange.of("POST", "/mcp").bearer("outage"),
            MemoryExchange.of("POST", "/mcp").bearer("good"),
            MemoryExchange.of("POST", "/mcp").bearer("a").bearer("b"),
            MemoryExchange.of("POST", "/mcp").field("Origin", "https://evil.example"),
            MemoryExchange.of("GET", "/.well-known/oauth-authorization-server"),
            MemoryExchange.of("GET", "/.well-known/oauth-protected-resource/none"))) {
      assertTrue(exchange.admittedBy(engine));
      assertEquals(new Admission(Optional.empty(), List.of()), exchange.admission());
    }
  }

  @Test
  void reportOnlyHandsOverAGoodToken() {
    MemoryExchange exchange = MemoryExchange.of("POST", "/mcp").bearer("good.mcp_read");

    assertTrue(exchange.admittedBy(engine(REPORT)));
    assertTrue(exchange.admission().accessToken().isPresent());
  }

  @Test
  void reportOnlyServesTheDocument() {
    assertEquals(
        MemoryExchange.of("GET", "/.well-known/oauth-protected-resource/mcp").refusedBy(engine()),
        MemoryExchange.of("GET", "/.well-known/oauth-protected-resource/mcp")
            .refusedBy(engine(REPORT)));
  }

  @Test
  void reportOnlyReportsNoPreflight() {
    List<Object> events = new java.util.ArrayList<>();
    ResourceServer engine = engine(config -> config.mode(Mode.REPORT_ONLY).listener(events::add));

    assertTrue(
        MemoryExchange.of("OPTIONS", "/mcp")
            .field("Origin", "https://mcp.example")
            .field("Access-Control-Request-Method", "POST")
            .admittedBy(engine));
    assertEquals(List.of(), events);
  }

  @Test
  void anAnswerThatCannotBeWrittenIsTheCallersProblemAndNoAdmission() {
    Exchange exchange =
        new Exchange() {
          @Override
          public String method() {
            return "GET";
          }

          @Override
          public String path() {
            return "/mcp";
          }

          @Override
          public String query() {
            return "";
          }

          @Override
          public List<String> headers(String name) {
            return List.of();
          }

          @Override
          public void send(Response response) throws IOException {
            throw new IOException("gone");
          }

          @Override
          public void accept(Admission admission) {
            throw new AssertionError("admitted");
          }
        };

    assertThrows(IOException.class, () -> engine().admit(exchange));
  }
}
