package dev.countersign.it.agent;

import java.util.List;
import org.junit.jupiter.api.Nested;

/** Tomcat: one adapter below the servlet API, for javax and jakarta. */
class TomcatIT {

  static ServerProgram tomcat(String version, String servlets) {
    return new ServerProgram(
        "tomcat/TomcatServer",
        List.of("org.apache.tomcat.embed:tomcat-embed-core:" + version),
        servlets);
  }

  @Nested
  class Tomcat9Floor extends FilteringContract {
    Tomcat9Floor() {
      super(tomcat("9.0.50", "javax.servlet"));
    }
  }

  @Nested
  class Tomcat9 extends FilteringContract {
    Tomcat9() {
      super(tomcat("9.0.113", "javax.servlet"));
    }
  }

  @Nested
  class Tomcat10Floor extends FilteringContract {
    Tomcat10Floor() {
      super(tomcat("10.1.0", "jakarta.servlet"));
    }
  }

  @Nested
  class Tomcat10 extends FilteringContract {
    Tomcat10() {
      super(tomcat("10.1.62", "jakarta.servlet"));
    }
  }

  @Nested
  class Tomcat11Floor extends FilteringContract {
    Tomcat11Floor() {
      super(tomcat("11.0.2", "jakarta.servlet"));
    }
  }

  @Nested
  class Tomcat11 extends FilteringContract {
    Tomcat11() {
      super(tomcat("11.0.27", "jakarta.servlet"));
    }
  }

  // In a language whose small letter of I is another one, and with a charset and a time zone that
  // nobody reckons with; only the pipes to the test are as they were.
  @Nested
  class Tomcat11Elsewhere extends FilteringContract {
    Tomcat11Elsewhere() {
      super(
          tomcat("11.0.27", "jakarta.servlet"),
          "-Duser.language=tr",
          "-Duser.country=TR",
          "-Duser.timezone=Pacific/Kiritimati",
          "-Dfile.encoding=UTF-16",
          "-Dstdout.encoding=UTF-8",
          "-Dstderr.encoding=UTF-8",
          "-Dsun.stdout.encoding=UTF-8",
          "-Dsun.stderr.encoding=UTF-8");
    }
  }
}
