package dev.countersign.it.agent;

import dev.countersign.testkit.Capability;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Repair over HTTP/2, on every line that takes the upgrade to it in clear text. */
class Http2RepairIT {

  @Nested
  class Tomcat9 extends Http2RepairContract {
    Tomcat9() {
      super(TomcatIT.tomcat("9.0.113", "javax.servlet"));
    }
  }

  @Nested
  class Tomcat10 extends Http2RepairContract {
    Tomcat10() {
      super(TomcatIT.tomcat("10.1.62", "jakarta.servlet"));
    }
  }

  @Nested
  class Tomcat11 extends Http2RepairContract {
    Tomcat11() {
      super(TomcatIT.tomcat("11.0.27", "jakarta.servlet"));
    }
  }

  @Nested
  class Jetty94 extends Http2RepairContract {
    Jetty94() {
      super(Jetty9IT.jetty("9.4.58.v20250814", "javax.servlet"));
    }
  }

  @Nested
  class Jetty11 extends Http2RepairContract {
    Jetty11() {
      super(Jetty9IT.jetty("11.0.26", "jakarta.servlet"));
    }
  }

  @Nested
  class Jetty12Floor extends Http2RepairContract {
    Jetty12Floor() {
      super(Jetty12IT.core(Jetty12IT.FLOOR));
    }

    @Override
    boolean hasTrailers() {
      return true;
    }
  }

  @Nested
  class Jetty12Newest extends Http2RepairContract {
    Jetty12Newest() {
      super(Jetty12IT.core(Jetty12IT.NEWEST));
    }

    @Override
    boolean hasTrailers() {
      return true;
    }
  }

  @Nested
  class UndertowHandler extends Http2RepairContract {
    UndertowHandler() {
      super(UndertowIT.handler("2.4.4.Final"));
    }

    @Override
    boolean hasTrailers() {
      return true;
    }
  }

  @Nested
  class UndertowServlet extends Http2RepairContract {
    UndertowServlet() {
      super(UndertowIT.servlet("2.2.37.Final", "javax.servlet"));
    }
  }

  @Nested
  class ReactorNetty11 extends Http2RepairContract {
    ReactorNetty11() {
      super(ReactorNettyIT.reactorNetty("1.1.22"));
    }
  }

  @Nested
  class ReactorNetty13 extends Http2RepairContract {
    ReactorNetty13() {
      super(ReactorNettyIT.reactorNetty("1.3.7"));
    }
  }

  @Nested
  class Micronaut extends Http2RepairContract {
    Micronaut() {
      super(MicronautIT.micronaut("4.10.36"));
    }
  }

  @Nested
  @EnabledForJreRange(min = JRE.JAVA_25, disabledReason = "Micronaut 5 needs JDK 25 or newer")
  class Micronaut5 extends Http2RepairContract {
    Micronaut5() {
      super(MicronautIT.micronaut5());
    }
  }

  @Nested
  class Vertx4 extends Http2RepairContract {
    Vertx4() {
      super(VertxIT.vertx("4.5.36"));
    }

    @Override
    boolean hasTrailers() {
      return true;
    }
  }

  @Nested
  class Vertx50 extends Http2RepairContract {
    Vertx50() {
      super(VertxIT.vertx("5.0.0"));
    }

    @Override
    boolean hasTrailers() {
      return true;
    }
  }

  @Nested
  class Vertx52 extends Http2RepairContract {
    Vertx52() {
      super(VertxIT.vertx("5.2.3"));
    }

    @Override
    boolean hasTrailers() {
      return true;
    }
  }

  /** From 3.4 on it takes the upgrade. */
  @Nested
  class Ktor extends Http2RepairContract {
    Ktor() {
      super(KtorIT.ktor("netty", "3.5.2"));
    }
  }

  @Nested
  @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "Helidon 4 needs JDK 21 or newer")
  class Helidon45 extends Http2RepairContract {
    Helidon45() {
      super(HelidonIT.helidonHttp2("4.5.0"));
    }

    @Override
    protected Set<Capability> capabilities() {
      return EnumSet.complementOf(EnumSet.of(Capability.LATER));
    }

    @Override
    boolean joinsLines() {
      return true;
    }
  }
}
