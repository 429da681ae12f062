package dev.countersign.it.agent;

import org.junit.jupiter.api.Nested;

/** HTTP/2 on Jetty. */
class JettyHttp2IT {

  @Nested
  class Jetty12Floor extends Http2Contract {
    Jetty12Floor() {
      super(Jetty12IT.core(Jetty12IT.FLOOR));
    }
  }

  @Nested
  class Jetty12Newest extends Http2Contract {
    Jetty12Newest() {
      super(Jetty12IT.core(Jetty12IT.NEWEST));
    }
  }

  @Nested
  class Jetty94 extends Http2Contract {
    Jetty94() {
      super(Jetty9IT.jetty("9.4.58.v20250814", "javax.servlet"));
    }
  }

  @Nested
  class Jetty11 extends Http2Contract {
    Jetty11() {
      super(Jetty9IT.jetty("11.0.26", "jakarta.servlet"));
    }
  }
}
