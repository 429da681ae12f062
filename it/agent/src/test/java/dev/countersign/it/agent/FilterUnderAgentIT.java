package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JWSObject;
import dev.countersign.ResourceServer;
import dev.countersign.servlet.AccessTokens;
import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RawResponse;
import dev.countersign.testkit.RemoteProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A web application that has the filter, in a server that has the agent. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FilterUnderAgentIT {

  private static final String RESOURCE = "https://mcp.example.com/mcp";
  private static final String CHALLENGE = "WWW-Authenticate";
  private static final String TOMCAT = "org.apache.tomcat.embed:tomcat-embed-core:11.0.27";
  private static final ServerProgram PROGRAM =
      new ServerProgram("tomcat-webapp/WebApplication", List.of(TOMCAT), "");

  private final FakeAuthorizationServer authorizationServer = FakeAuthorizationServer.start();

  @AfterEach
  void stop() {
    authorizationServer.close();
  }

  private RawRequest withScope(String scope) {
    return RawRequest.of("GET", "/mcp")
        .bearer(authorizationServer.tokens(RESOURCE).mint().scope(scope).text());
  }

  // The filter wants one scope more than the agent.
  private RemoteProbe start(Path log, String... settings) throws IOException {
    Path application = application(authorizationServer.issuer());
    String flag = GuardedJvm.flag(GuardedJvm.settings(RESOURCE, authorizationServer, settings));
    return RemoteProbe.of(
        GuardedJvm.start(
            PROGRAM, log, new String[] {"-Dapplication=" + application}, new String[] {flag}));
  }

  private static Path application(String issuer) throws IOException {
    Path application = Files.createTempDirectory(Path.of("target"), "filtered");
    Path inside = Files.createDirectories(application.resolve("WEB-INF"));
    Path libraries = Files.createDirectories(inside.resolve("lib"));
    for (Class<?> type :
        List.of(
            AccessTokens.class,
            ResourceServer.class,
            JWSObject.class,
            JsonFactory.class,
            Caffeine.class)) {
      Path origin = Libraries.origin(type);
      Path jar = libraries.resolve(type.getSimpleName() + ".jar");
      if (Files.isDirectory(origin)) {
        Sources.jar(origin, jar);
      } else {
        Files.copy(origin, jar);
      }
    }
    try (Stream<Path> sources = Files.list(Path.of("src", "test", "servers", "tomcat-war"))) {
      Sources.compile(
          sources.toList(),
          Libraries.of(List.of(TOMCAT)),
          Files.createDirectories(inside.resolve("classes")));
    }
    Files.writeString(
        inside.resolve("web.xml"),
        """
        <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
          <filter>
            <filter-name>countersign</filter-name>
            <filter-class>dev.countersign.servlet.ResourceServerFilter</filter-class>
            <async-supported>true</async-supported>
        %s%s%s%s%s  </filter>
          <filter-mapping>
            <filter-name>countersign</filter-name>
            <url-pattern>/*</url-pattern>
          </filter-mapping>
        </web-app>
        """
            .formatted(
                param("resource", RESOURCE),
                param("authorization-servers", issuer),
                param("allow-http-on-loopback", "true"),
                param("self-check", "false"),
                param("required-scopes", "mcp:read files:read")));
    return application;
  }

  private static String param(String name, String value) {
    return "    <init-param><param-name>"
        + name
        + "</param-name><param-value>"
        + value
        + "</param-value></init-param>\n";
  }

  @Test
  void K11_theStricterDecisionWinsAndThereIsOneChallenge() throws IOException {
    Path log = GuardedJvm.log("FilterUnderAgent");
    try (RemoteProbe server =
        start(log, "required-scopes", "mcp:read", "expose-authorization", "true")) {
      RawResponse good = RawHttp.await(server.uri(), withScope("mcp:read files:read"), 200);
      assertEquals("hello alice", good.text());
      assertEquals(List.of(), good.values(CHALLENGE));

      RawResponse byAgent = RawHttp.exchange(server.uri(), withScope("files:read"));
      RawResponse byFilter = RawHttp.exchange(server.uri(), withScope("mcp:read"));
      for (RawResponse refused : List.of(byAgent, byFilter)) {
        assertEquals(403, refused.status(), refused::toString);
        assertEquals(1, refused.values(CHALLENGE).size(), refused::toString);
        assertTrue(
            refused.value(CHALLENGE).orElse("").startsWith("Bearer error=\"insufficient_scope\""),
            refused::toString);
      }
      RawResponse first = RawHttp.exchange(server.uri(), RawRequest.of("GET", "/mcp"));
      assertEquals(401, first.status());
      assertEquals(1, first.values(CHALLENGE).size(), first::toString);
    }
  }

  @Test
  void K11_theFilterSaysAtItsStartWhatTheAgentKeepsFromIt() throws IOException {
    Path log = GuardedJvm.log("FilterUnderAgent");
    try (RemoteProbe server = start(log)) {
      RawResponse refused = RawHttp.await(server.uri(), withScope("mcp:read files:read"), 401);
      assertEquals(1, refused.values(CHALLENGE).size(), refused::toString);
    }
    assertTrue(Files.readString(log).contains("the Countersign Java agent is in this JVM as well"));
  }
}
