package dev.countersign.doctor.check;

import static dev.countersign.doctor.check.Severity.INFO;
import static dev.countersign.doctor.check.Severity.WARNING;

import dev.countersign.doctor.wire.Answer;
import dev.countersign.doctor.wire.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The tools that the token opens. Does nothing without a token. */
final class ToolChecks {

  private static final String LIST =
      "{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"tools/list\",\"params\":{}}";

  private static final Pattern SECRET =
      Pattern.compile(
          ".*(token|secret|passwor[dt]|passphrase|api_?-?key|credential|authorization|private_?-?key).*");

  private ToolChecks() {}

  static List<Check> all() {
    return List.of(ToolChecks::secrets, ToolChecks::none);
  }

  /** The tools of the first page; empty if there is no token, or no list of tools came back. */
  private static Optional<List<?>> tools(Site site) {
    return site.token()
        .flatMap(token -> Document.read(list(site, token).body()))
        .flatMap(ToolChecks::tools);
  }

  private static Optional<List<?>> tools(Map<String, Object> answer) {
    return answer.get("result") instanceof Map<?, ?> result
            && result.get("tools") instanceof List<?> list
        ? Optional.of(list)
        : Optional.empty();
  }

  private static Answer list(Site site, String token) {
    Answer begun = site.ask(TokenUseChecks.initialize(site, token));
    Request request =
        Request.of("POST", site.url())
            .with("Accept", "application/json, text/event-stream")
            .with("Authorization", "Bearer " + token)
            .with("MCP-Protocol-Version", "2025-11-25");
    Request inSession =
        begun.value("mcp-session-id").map(id -> request.with("Mcp-Session-Id", id)).orElse(request);
    return begun.status() == 200 ? site.ask(inSession.withBody("application/json", LIST)) : begun;
  }

  // inputSchema.properties.NAME.x-mcp-header: the argument travels in Mcp-Param-… (MCP 2026-07-28,
  // custom headers), where proxies and logs see it.
  private static List<Finding> secrets(Site site) {
    List<String> found = new ArrayList<>();
    for (Object tool : tools(site).orElse(List.of())) {
      if (tool instanceof Map<?, ?> members
          && members.get("inputSchema") instanceof Map<?, ?> schema
          && schema.get("properties") instanceof Map<?, ?> properties) {
        properties.forEach(
            (name, property) -> {
              if (property instanceof Map<?, ?> one
                  && one.get("x-mcp-header") instanceof String header
                  && (isSecret(String.valueOf(name)) || isSecret(header))) {
                found.add(members.get("name") + "." + name);
              }
            });
      }
    }
    return found.isEmpty()
        ? List.of()
        : List.of(
            new Finding(
                CheckId.D69,
                WARNING,
                Shown.cut(String.join(", ", found))
                    + (found.size() == 1 ? " looks" : " look")
                    + " like a secret, and travels in a header field, which proxies and logs"
                    + " see."));
  }

  private static boolean isSecret(String name) {
    return SECRET.matcher(name.toLowerCase(Locale.ROOT)).matches();
  }

  private static List<Finding> none(Site site) {
    return tools(site).filter(List::isEmpty).stream()
        .map(
            none ->
                new Finding(
                    CheckId.D70,
                    INFO,
                    "The token opens no tool. If it has just the scopes of the challenge, a client"
                        + " without a user can do nothing and has nobody to ask for more."))
        .toList();
  }
}
