package dev.countersign.it.agent;

import java.util.List;
import org.junit.jupiter.api.Nested;

/** Repair on Tomcat, Undertow and the JDK's HttpServer. */
class ThreadedRepairIT {

  @Nested
  class Tomcat9Floor extends RepairContract {
    Tomcat9Floor() {
      super(TomcatIT.tomcat("9.0.50", "javax.servlet"));
    }
  }

  @Nested
  class Tomcat10 extends RepairContract {
    Tomcat10() {
      super(TomcatIT.tomcat("10.1.62", "jakarta.servlet"));
    }
  }

  @Nested
  class Tomcat11 extends RepairContract {
    Tomcat11() {
      super(TomcatIT.tomcat("11.0.27", "jakarta.servlet"));
    }
  }

  @Nested
  class UndertowHandler extends RepairContract {
    UndertowHandler() {
      super(UndertowIT.handler("2.4.4.Final"));
    }
  }

  @Nested
  class UndertowServletFloor extends RepairContract {
    UndertowServletFloor() {
      super(UndertowIT.servlet("2.2.37.Final", "javax.servlet"));
    }
  }

  @Nested
  class UndertowServlet extends RepairContract {
    UndertowServlet() {
      super(UndertowIT.servlet("2.3.26.Final", "jakarta.servlet"));
    }
  }

  @Nested
  class JdkHttpServer extends RepairContract {
    JdkHttpServer() {
      super(new ServerProgram("jdk/JdkServer", List.of(), ""));
    }
  }
}
