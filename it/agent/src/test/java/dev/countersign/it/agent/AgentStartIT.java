package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the flag does to a JVM before, and whether or not, a server comes up in it. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AgentStartIT {

  private static final String SETTINGS =
      "resource=https://mcp.example.com/mcp,authorization-servers=https://id.example.com";

  private static Path programs = Path.of("");

  /** How a JVM ended. */
  private record Ended(int code, String out, String err) {}

  @BeforeAll
  static void compile() throws IOException {
    programs = Sources.programs();
  }

  private static Ended run(List<String> flags, String... program) throws Exception {
    return run("", flags, program);
  }

  private static Ended run(String input, List<String> flags, String... program) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(GuardedJvm.java());
    command.addAll(List.of("-cp", programs.toString()));
    command.addAll(flags);
    command.addAll(List.of(program));
    Path err = Files.createTempFile(Path.of("target"), "start", ".log");
    Process process = new ProcessBuilder(command).redirectError(err.toFile()).start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.US_ASCII));
    }
    String out = new String(process.getInputStream().readAllBytes());
    return new Ended(process.waitFor(), out, Files.readString(err));
  }

  private static String flag(String argument) {
    return "-javaagent:" + GuardedJvm.agent() + "=" + argument;
  }

  @Test
  void startsNothingWithWrongArguments() throws Exception {
    Ended ended =
        run(
            List.of(flag("resource=http://mcp.example.com/mcp,modus=enforce,clock-skew=x")),
            "Hello");

    assertEquals(2, ended.code());
    assertEquals("", ended.out());
    for (String key : List.of("resource", "authorization-servers", "modus", "clock-skew")) {
      assertTrue(ended.err().contains(key), ended::toString);
    }
  }

  @Test
  void startsNothingWithoutArguments() throws Exception {
    assertEquals(2, run(List.of("-javaagent:" + GuardedJvm.agent()), "Hello").code());
  }

  @Test
  void leavesTheLogManagerToTheApplication() throws Exception {
    Ended ended = run(List.of(flag(SETTINGS)), "Hello");

    assertEquals("ran with class MyLogManager", ended.out().strip(), ended::toString);
    assertEquals(0, ended.code());
  }

  @Test
  void H32_leavesAServerOverStdioAlone() throws Exception {
    Ended ended = run("one\nthree\n", List.of(flag(SETTINGS)), "StdioServer");

    assertEquals(
        List.of(
            "{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":{}}",
            "{\"jsonrpc\":\"2.0\",\"id\":5,\"result\":{}}"),
        ended.out().lines().toList());
    assertEquals("", ended.err());
    assertEquals(0, ended.code());
  }

  @Test
  void O15_staysInvisible() throws Exception {
    Ended ended = run(List.of(flag(SETTINGS)), "Isolation");

    assertEquals("sees itself", ended.out().strip(), ended::toString);
  }

  // All of them older than the agent's, which is at work with its own.
  @Test
  void O15_AG9_leavesTheApplicationItsOwnLibraries() throws Exception {
    List<Path> libraries =
        Libraries.of(
            List.of(
                "com.nimbusds:nimbus-jose-jwt:9.37.4",
                "com.fasterxml.jackson.core:jackson-core:2.17.2",
                "com.github.ben-manes.caffeine:caffeine:2.9.3",
                "net.bytebuddy:byte-buddy:1.14.18"));

    Ended ended = run(List.of("-cp", path(libraries), flag(SETTINGS)), "OwnLibraries");

    assertEquals(
        List.of(
            "401",
            "nimbus-jose-jwt-9.37.4.jar",
            "jackson-core-2.17.2.jar",
            "caffeine-2.9.3.jar",
            "byte-buddy-1.14.18.jar"),
        ended.out().lines().toList(),
        ended::toString);
    assertEquals(0, ended.code());
  }

  private static String path(List<Path> libraries) {
    return Stream.concat(Stream.of(programs), libraries.stream())
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  @Test
  void standsOnceWhenAttachedTwice() throws Exception {
    Ended ended = run(List.of(flag(SETTINGS), flag(SETTINGS)), "Hello");

    assertEquals(0, ended.code());
    assertTrue(ended.err().contains("the agent is there already"), ended::toString);
  }

  @Test
  void K10_stopsForAServerThatItDoesNotKnow() throws Exception {
    Ended ended = run(List.of(flag(SETTINGS)), "UnknownServer", "0");

    assertEquals(3, ended.code(), ended::toString);
    assertEquals("", ended.out());
    assertTrue(
        ended
            .err()
            .contains(
                " is not guarded: no server that the agent knows opens it, but UnknownServer; if it"
                    + " is no MCP server, give it a fixed port in place of this random one, and"
                    + " name that in unguarded-ports"),
        ended::toString);
  }

  @Test
  void K10_deniesAServerThatItDoesNotKnow() throws Exception {
    Ended ended = run(List.of(flag(SETTINGS + ",on-startup-failure=deny")), "UnknownServer", "0");

    assertTrue(
        ended.out().startsWith("not bound: closed by the Countersign agent: port "),
        ended::toString);
    assertEquals(0, ended.code());
  }

  @Test
  void K10_stopsForAServerOfHttp2BesideOneThatItKnows() throws Exception {
    Path log = GuardedJvm.log("beside");
    ServerProgram program =
        new ServerProgram("beside/Http2Beside", List.of("io.vertx:vertx-core:4.5.36"), "");
    Process process = GuardedJvm.start(program, log, new String[] {flag(SETTINGS)}, new String[0]);
    try {
      assertEquals(3, process.waitFor());
      String err = Files.readString(log);
      assertTrue(err.contains("has answered without asking the agent"), err);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void K10_deniesAServerOfHttp2BesideOneThatItKnows() throws Exception {
    ServerProgram program =
        new ServerProgram("beside/Http2Beside", List.of("io.vertx:vertx-core:4.5.36"), "");
    Process process =
        GuardedJvm.start(
            program,
            GuardedJvm.log("closed"),
            new String[] {flag(SETTINGS + ",on-startup-failure=deny")},
            new String[0]);
    try {
      int port = GuardLog.awaitClosed();
      assertThrows(ConnectException.class, () -> new Socket("localhost", port).close());
      assertTrue(process.isAlive());
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void K10_stopsForAServerThatHasChanged() throws Exception {
    Ended ended = run(List.of(flag(SETTINGS)), "org.apache.catalina.connector.CoyoteAdapter");

    assertEquals(3, ended.code(), ended::toString);
    assertFalse(ended.out().contains("ran"), ended::toString);
    assertTrue(ended.err().contains("CoyoteAdapter cannot be guarded"), ended::toString);
  }

  @Test
  void K10_deniesAServerThatHasChanged() throws Exception {
    Ended ended =
        run(
            List.of(flag(SETTINGS + ",on-startup-failure=deny")),
            "org.apache.catalina.connector.CoyoteAdapter");

    assertFalse(ended.out().contains("ran"), ended::toString);
    assertTrue(ended.err().contains("ClassFormatError"), ended::toString);
  }

  @Test
  void explainsItselfAsACommand() throws Exception {
    String jar = GuardedJvm.agent().toString();

    Ended help = run(List.of("-jar", jar));
    assertEquals(0, help.code());
    assertTrue(help.out().contains("-javaagent:"), help::toString);
    Ended servers = run(List.of("-jar", jar, "servers"));
    assertTrue(servers.out().contains("Apache Tomcat"), servers::toString);
    Ended good = run(List.of("-jar", jar, "check", SETTINGS));
    assertEquals(0, good.code(), good::toString);
    assertTrue(good.out().contains("https://mcp.example.com/mcp"), good::toString);
    Ended bad = run(List.of("-jar", jar, "check", "modus=x"));
    assertEquals(2, bad.code());
    assertTrue(bad.err().contains("modus"), bad::toString);
    assertEquals(2, run(List.of("-jar", jar, "chekc")).code());
  }
}
