package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RemoteProbe;
import java.io.IOException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the servlet API says of a user under the agent: the same as behind the filter. */
class RolesIT {

  private abstract static class RolesContract extends DispatchContract {

    RolesContract(ServerProgram program, String... flags) {
      super(settings -> GuardedJvm.start(program, settings, flags), "true");
    }

    @Test
    final void N16_eachScopeIsARole() throws IOException {
      RawRequest reader = with("mcp:read", "/roles");
      RawRequest writer = with("files:write", "/roles");
      try (RemoteProbe server = server();
          RawHttp connection = RawHttp.connect(server.uri())) {
        assertEquals("alice Bearer true false alice\n", connection.exchange(reader).text());
        assertEquals("alice Bearer false true alice\n", connection.exchange(writer).text());
        assertEquals(
            "null null false false null\n",
            connection.exchange(RawRequest.of("GET", "/roles")).text());
        assertEquals("alice Bearer true false alice\n", connection.exchange(reader).text());
      }
    }
  }

  /** With a constraint of the application's own, and BASIC. */
  private abstract static class TomcatContract extends RolesContract {

    TomcatContract(String version, String servlets) {
      super(TomcatIT.tomcat(version, servlets));
    }

    @Test
    final void N16_aConstraintIsMetByAScopeOfItsName() throws IOException {
      try (RemoteProbe server = server();
          RawHttp connection = RawHttp.connect(server.uri())) {
        assertEquals(403, connection.exchange(with("mcp:read", "/roles/writers")).status());
        assertEquals(
            "alice Bearer false true alice\n",
            connection.exchange(with("files:write", "/roles/writers")).text());
        assertEquals(403, connection.exchange(with("mcp:read", "/roles/writers")).status());
      }
    }
  }

  @Nested
  class Tomcat9Floor extends TomcatContract {
    Tomcat9Floor() {
      super("9.0.50", "javax.servlet");
    }
  }

  @Nested
  class Tomcat10Floor extends TomcatContract {
    Tomcat10Floor() {
      super("10.1.0", "jakarta.servlet");
    }
  }

  @Nested
  class Tomcat11 extends TomcatContract {
    Tomcat11() {
      super("11.0.27", "jakarta.servlet");
    }
  }

  @Nested
  class Jetty9 extends RolesContract {
    Jetty9() {
      super(Jetty9IT.jetty("9.4.58.v20250814", "javax.servlet"));
    }
  }

  @Nested
  class Jetty12Ee8 extends RolesContract {
    Jetty12Ee8() {
      super(Jetty12IT.servlets("ee8", "12.1.12", "javax.servlet"), "-Dee=ee8");
    }
  }

  @Nested
  class Jetty12Ee10 extends RolesContract {
    Jetty12Ee10() {
      super(Jetty12IT.servlets("ee10", "12.0.3", "jakarta.servlet"), "-Dee=ee10");
    }
  }

  @Nested
  class Undertow extends RolesContract {
    Undertow() {
      super(UndertowIT.servlet("2.3.26.Final", "jakarta.servlet"));
    }
  }
}
