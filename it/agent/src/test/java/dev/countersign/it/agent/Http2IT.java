package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** HTTP/2 on servers that take the upgrade to it in clear text. */
class Http2IT {

  /** A server that filters bodies in HTTP/1.1 only, if at all. */
  private abstract static class UnfilteredContract extends Http2Contract {

    UnfilteredContract(ServerProgram program) {
      super(program);
    }

    @Override
    boolean filtersLists() {
      return false;
    }
  }

  private abstract static class TomcatContract extends Http2Contract {

    TomcatContract(ServerProgram program) {
      super(program);
    }

    // Tomcat counts resets, and ends a connection that has so many for its requests.
    @Test
    void H21_MC24_manyAsynchronousStreamsEndWithTheirToken() throws Exception {
      endsStreams("later stream", 40);
    }

    @Test
    void T16_handsABodyOnToAReadListener() throws Exception {
      String params = "{\"text\":\"" + "\u20ac".repeat(100_000) + "\"}";
      byte[] body = json("ping", params).getBytes(StandardCharsets.UTF_8);
      CRC32 checksum = new CRC32();
      checksum.update(body);
      String expected = body.length + " " + checksum.getValue();

      assertEquals(expected, send(rpc("/listening", "ping", params)).body());

      HttpResponse<String> old =
          HttpClient.newHttpClient()
              .send(
                  rpc("/listening", "ping", params).version(HttpClient.Version.HTTP_1_1).build(),
                  BodyHandlers.ofString());
      assertEquals(HttpClient.Version.HTTP_1_1, old.version());
      assertEquals(expected, old.body());
    }
  }

  @Nested
  class Tomcat9 extends TomcatContract {
    Tomcat9() {
      super(TomcatIT.tomcat("9.0.113", "javax.servlet"));
    }
  }

  @Nested
  class Tomcat10 extends TomcatContract {
    Tomcat10() {
      super(TomcatIT.tomcat("10.1.62", "jakarta.servlet"));
    }
  }

  @Nested
  class Tomcat11 extends TomcatContract {
    Tomcat11() {
      super(TomcatIT.tomcat("11.0.27", "jakarta.servlet"));
    }
  }

  @Nested
  class UndertowHandler extends Http2Contract {
    UndertowHandler() {
      super(UndertowIT.handler("2.4.4.Final"));
    }
  }

  @Nested
  class UndertowServlet extends Http2Contract {
    UndertowServlet() {
      super(UndertowIT.servlet("2.2.37.Final", "javax.servlet"));
    }
  }

  @Nested
  class ReactorNetty11 extends Http2Contract {
    ReactorNetty11() {
      super(ReactorNettyIT.reactorNetty("1.1.22"));
    }
  }

  @Nested
  class ReactorNetty13 extends Http2Contract {
    ReactorNetty13() {
      super(ReactorNettyIT.reactorNetty("1.3.7"));
    }
  }

  @Nested
  class Micronaut extends UnfilteredContract {
    Micronaut() {
      super(MicronautIT.micronaut("4.10.36"));
    }
  }

  @Nested
  @EnabledForJreRange(min = JRE.JAVA_25, disabledReason = "Micronaut 5 needs JDK 25 or newer")
  class Micronaut5 extends UnfilteredContract {
    Micronaut5() {
      super(MicronautIT.micronaut5());
    }
  }

  /** From 3.4 on it takes the upgrade; before, HTTP/2 is over TLS only. */
  @Nested
  class Ktor extends UnfilteredContract {
    Ktor() {
      super(KtorIT.ktor("netty", "3.5.2"));
    }
  }

  @Nested
  class Vertx4 extends UnfilteredContract {
    Vertx4() {
      super(VertxIT.vertx("4.5.36"));
    }
  }

  @Nested
  class Vertx5 extends UnfilteredContract {
    Vertx5() {
      super(VertxIT.vertx("5.2.3"));
    }
  }

  @Nested
  @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "Helidon 4 needs JDK 21 or newer")
  class Helidon extends UnfilteredContract {
    Helidon() {
      super(HelidonIT.helidonHttp2("4.5.0"));
    }
  }

  /** The oldest one whose streams can be ended by another thread than their own. */
  @Nested
  @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "Helidon 4 needs JDK 21 or newer")
  class HelidonFloor extends UnfilteredContract {
    HelidonFloor() {
      super(HelidonIT.helidonHttp2("4.1.6"));
    }
  }
}
