package dev.countersign.it.agent;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Certificates of clients, on servers that end TLS. */
class TlsIT {

  @Nested
  class Tomcat extends TlsContract {
    Tomcat() {
      super(TomcatIT.tomcat("10.1.62", "jakarta.servlet"));
    }
  }

  @Nested
  class Undertow extends TlsContract {
    Undertow() {
      super(UndertowIT.handler("2.4.4.Final"));
    }
  }

  @Nested
  class Vertx4 extends TlsContract {
    Vertx4() {
      super(VertxIT.vertx("4.5.36"));
    }
  }

  @Nested
  class Vertx5 extends TlsContract {
    Vertx5() {
      super(VertxIT.vertx("5.2.3"));
    }
  }

  @Nested
  class ReactorNetty extends TlsContract {
    ReactorNetty() {
      super(ReactorNettyIT.reactorNetty("1.3.7"));
    }
  }

  @Nested
  class Micronaut extends TlsContract {
    Micronaut() {
      super(MicronautIT.micronaut("4.10.36"));
    }
  }

  @Nested
  class KtorOnNetty extends TlsContract {
    KtorOnNetty() {
      super(KtorIT.ktor("netty", "3.5.2"));
    }

    @Override
    boolean needsCertificate() {
      return true;
    }
  }

  @Nested
  @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "Helidon 4 needs JDK 21 or newer")
  class Helidon extends TlsContract {
    Helidon() {
      super(HelidonIT.helidonHttp2("4.5.0"));
    }
  }

  @Nested
  class Jetty12 extends TlsContract {
    Jetty12() {
      super(Jetty12IT.core(Jetty12IT.NEWEST));
    }
  }

  @Nested
  class Jetty12Floor extends TlsContract {
    Jetty12Floor() {
      super(Jetty12IT.core(Jetty12IT.FLOOR));
    }
  }

  @Nested
  class Jetty94 extends TlsContract {
    Jetty94() {
      super(jetty9("9.4.58.v20250814", "javax.servlet"));
    }
  }

  @Nested
  class Jetty11 extends TlsContract {
    Jetty11() {
      super(jetty9("11.0.26", "jakarta.servlet"));
    }
  }

  @Nested
  class Jdk extends TlsContract {
    Jdk() {
      super(new ServerProgram("jdk/JdkServer", List.of(), ""));
    }

    @Override
    boolean speaksHttp2() {
      return false;
    }
  }

  private static ServerProgram jetty9(String version, String servlets) {
    return new ServerProgram(
        "jetty9-tls/TlsJetty9",
        List.of(
            "org.eclipse.jetty:jetty-servlet:" + version,
            "org.eclipse.jetty.http2:http2-server:" + version,
            "org.eclipse.jetty:jetty-alpn-java-server:" + version),
        servlets);
  }
}
