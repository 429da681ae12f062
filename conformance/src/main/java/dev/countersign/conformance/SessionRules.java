package dev.countersign.conformance;

import static dev.countersign.conformance.Rule.must;
import static dev.countersign.conformance.Rule.should;

import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RawResponse;
import java.io.EOFException;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a session is not (group N). */
final class SessionRules {

  private static final int SESSIONS = 5;

  private SessionRules() {}

  static List<Rule> all() {
    return List.of(
        must("N01", "a session is no token", SessionRules::session),
        must("T12", "a cookie is no token", Needs.working(SessionRules::cookie)),
        must("N02", "the same connection is no token", SessionRules::sameConnection),
        must("N03", "no session ID comes twice", Needs.session(SessionRules::unique)),
        must("N04", "a session ID is visible ASCII", Needs.session(SessionRules::visible)),
        should("N05", "a session is its user's", Needs.jwt(Needs.session(SessionRules::ofUser))),
        should("N06", "to others it does not exist", Needs.jwt(Needs.session(SessionRules::gone))),
        should("N08", "a new token keeps the session", Needs.session(SessionRules::kept)));
  }

  private static Outcome session(Subject subject) throws IOException {
    String session = subject.session().orElse("no-session");
    return Seen.status(subject.ask(subject.initialize().with("Mcp-Session-Id", session)), 401);
  }

  private static Outcome cookie(Subject subject) throws IOException {
    List<String> cookies =
        subject.ask(subject.initialize().bearer(subject.good())).values("Set-Cookie");
    if (cookies.isEmpty()) {
      return new Outcome.NotTried("the server sets no cookie");
    }
    RawRequest request = subject.initialize();
    for (String cookie : cookies) {
      request = request.with("Cookie", cookie.split(";", 2)[0]);
    }
    return Seen.status(subject.ask(request), 401);
  }

  private static Outcome sameConnection(Subject subject) throws IOException {
    try (RawHttp connection = RawHttp.connect(subject.url())) {
      RawResponse first = connection.exchange(subject.initialize().bearer(subject.good()));
      boolean ended = first.value("Connection").filter("close"::equalsIgnoreCase).isPresent();
      if (first.status() != 200 || ended) {
        return new Outcome.NotTried("the server refuses a good token or keeps no connection");
      }
      return Seen.status(connection.exchange(subject.initialize()), 401);
    } catch (EOFException e) {
      return new Outcome.NotTried("the server keeps no connection");
    }
  }

  private static Outcome unique(Subject subject) throws IOException {
    Set<String> ids = new HashSet<>();
    for (int at = 0; at < SESSIONS; at++) {
      subject.beginSession().ifPresent(ids::add);
    }
    // 16 characters are fewer than any ID with enough randomness has.
    return Outcome.of(
        ids.size() == SESSIONS && ids.stream().allMatch(id -> id.length() >= 16),
        "session IDs come twice, or can be guessed");
  }

  private static Outcome visible(Subject subject) throws IOException {
    return Outcome.of(
        subject.session().orElse("").matches("[\\x21-\\x7E]+"),
        "a session ID has a character that it may not have");
  }

  private static RawResponse byAnother(Subject subject, String session) throws IOException {
    String token = subject.mint().subject("mallory").text();
    return subject.ask(
        subject
            .rpc("{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"ping\"}")
            .with("MCP-Protocol-Version", "2025-11-25")
            .with("Mcp-Session-Id", session)
            .bearer(token));
  }

  private static Outcome ofUser(Subject subject) throws IOException {
    return Seen.refused(byAnother(subject, subject.session().orElseThrow()));
  }

  private static Outcome gone(Subject subject) throws IOException {
    RawResponse others = byAnother(subject, subject.session().orElseThrow());
    RawResponse none = byAnother(subject, "00000000-0000-0000-0000-000000000000");
    return Seen.status(others, 404)
        .and(
            Outcome.of(
                others.status() == none.status() && others.text().equals(none.text()),
                "a session of somebody else is answered otherwise than none"));
  }

  private static Outcome kept(Subject subject) throws IOException {
    RawRequest request =
        subject
            .rpc("{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"ping\"}")
            .with("MCP-Protocol-Version", "2025-11-25")
            .with("Mcp-Session-Id", subject.session().orElseThrow());
    RawResponse response = subject.ask(request.bearer(subject.token(subject.features().scope())));
    return Seen.admitted(response)
        .and(Outcome.of(response.status() != 404, "the session has ended"));
  }
}
