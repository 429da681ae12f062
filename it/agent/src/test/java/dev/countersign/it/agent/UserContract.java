package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RemoteProbe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * What a framework on a guarded server tells its application of the user. The program answers with
 * the user, in all words that the framework has for it, or as often with {@code none}: at {@code
 * /mcp} and {@code /open}, and at {@code /later} after it has gone to another thread.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
abstract class UserContract {

  private static final String RESOURCE = "https://mcp.example.com/mcp";

  private final ServerProgram program;
  private final int words;
  private final FakeAuthorizationServer authorizationServer = FakeAuthorizationServer.start();
  private Optional<RemoteProbe> server = Optional.empty();

  /**
   * For the subclass.
   *
   * @param program the program
   * @param words how often it says who the user is
   */
  UserContract(ServerProgram program, int words) {
    this.program = program;
    this.words = words;
  }

  @BeforeAll
  void start() throws IOException {
    Map<String, String> settings =
        GuardedJvm.settings(
            RESOURCE,
            authorizationServer,
            "public-paths",
            "/open,/open/",
            "public-methods",
            "ping");
    server = Optional.of(RemoteProbe.of(GuardedJvm.start(program, settings)));
    Matrix.shows(Sight.TELLS_USER);
  }

  @AfterAll
  void stop() throws IOException {
    if (server.isPresent()) {
      server.get().close();
    }
    authorizationServer.close();
  }

  final RawHttp connect() throws IOException {
    return RawHttp.connect(server.orElseThrow().uri());
  }

  final RawRequest as(String user, String path) {
    String token = authorizationServer.tokens(RESOURCE).mint().subject(user).text();
    return RawRequest.of("GET", path).bearer(token);
  }

  private static RawRequest ping() {
    return RawRequest.of("POST", "/mcp").json("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}");
  }

  private String said(String user) {
    return String.join(" ", Collections.nCopies(words, user));
  }

  @Test
  void N16_tellsTheApplicationTheUser() throws IOException {
    try (RawHttp connection = connect()) {
      assertEquals(said("alice"), connection.exchange(as("alice", "/mcp")).text());
    }
  }

  @Test
  void N15_takesTheUserFromTheTokenNotFromTheConnection() throws IOException {
    try (RawHttp connection = connect()) {
      for (String user : List.of("alice", "bob", "alice")) {
        assertEquals(said(user), connection.exchange(as(user, "/mcp")).text());
        assertEquals(said("none"), connection.exchange(RawRequest.of("GET", "/open")).text(), user);
        assertEquals(said("none"), connection.exchange(ping()).text(), user);
      }
    }
  }

  // A request with a token is judged where none is needed, too.
  @Test
  void K14_N16_tellsTheUserWhereNobodyHasToBeOne() throws IOException {
    try (RawHttp connection = connect()) {
      assertEquals(said("alice"), connection.exchange(as("alice", "/open")).text());
    }
  }

  @Test
  void K05_keepsTheUserOnOtherThreads() throws IOException {
    try (RawHttp connection = connect()) {
      for (String user : List.of("alice", "bob")) {
        String[] said = connection.exchange(as(user, "/later")).text().split(" ");
        assertEquals(List.of(user, user), List.of(said));
      }
    }
  }

  @Test
  void N16_mixesUpNoUsers() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Void>> clients = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        int client = i;
        clients.add(threads.submit(() -> callOften("user" + client)));
      }
      for (Future<Void> client : clients) {
        client.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private Void callOften(String user) throws IOException {
    RawRequest request = as(user, "/mcp");
    try (RawHttp connection = connect()) {
      for (int round : IntStream.range(0, 25).toArray()) {
        assertEquals(said(user), connection.exchange(request).text(), () -> "round " + round);
        assertEquals(said("none"), connection.exchange(RawRequest.of("GET", "/open")).text());
      }
    }
    return null;
  }
}
