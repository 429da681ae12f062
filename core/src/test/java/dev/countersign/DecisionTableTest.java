package dev.countersign;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.config.ConfigBuilder;
import dev.countersign.http.Response;
import dev.countersign.mcp.Requirement;
import dev.countersign.mcp.StepUpStrategy;
import dev.countersign.mcp.Target;
import dev.countersign.oauth.AccessToken;
import dev.countersign.oauth.AuthenticationStrength;
import dev.countersign.oauth.BearerToken;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.oauth.ResourceIdentifier;
import dev.countersign.oauth.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every decision of a small policy, compared with what a function says that knows nothing else. */
class DecisionTableTest {

  private enum Auth {
    NONE,
    REPEATED,
    EXPIRED,
    OUTAGE,
    WEAK,
    STRONG
  }

  private static final List<String> SCOPES = List.of("mcp:read", "a", "b", "admin");
  private static final List<String> VERSIONS = List.of("", "2025-11-25", "2026-07-28", "x");

  private enum Operation {
    PING("ping", "", ""),
    LIST("tools/list", "", ""),
    VENDOR("vendor/drop", "", ""),
    FREE("tools/call", "name", "free"),
    NEEDS_A("tools/call", "name", "a"),
    NEEDS_BOTH("tools/call", "name", "ab"),
    NEEDS_EITHER("tools/call", "name", "either"),
    DENIED("tools/call", "name", "denied"),
    UNLISTED("tools/call", "name", "unlisted"),
    NEEDS_LOGIN("tools/call", "name", "pay"),
    READS("resources/read", "uri", "db://x/1"),
    READS_ELSEWHERE("resources/read", "uri", "db://x/../1");

    private final String method;
    private final String member;
    private final String name;

    Operation(String method, String member, String name) {
      this.method = method;
      this.member = member;
      this.name = name;
    }
  }

  private record Case(
      Auth auth, Set<String> held, Operation operation, String version, boolean agrees) {

    /** What has to come out, written without a look at how it is made. */
    String expected() {
      switch (auth) {
        case NONE:
          return "401 scope=mcp:read";
        case REPEATED:
          return "400 error=invalid_request";
        case EXPIRED:
          return "401 error=invalid_token scope=mcp:read";
        case OUTAGE:
          return "503";
        default:
          break;
      }
      if (version.equals("x") || (version.equals("2026-07-28") && !agrees)) {
        return "400";
      }
      boolean a = held.contains("a") || held.contains("admin");
      boolean b = held.contains("b");
      String need =
          switch (operation) {
            case PING, LIST, FREE -> "";
            case NEEDS_A, NEEDS_LOGIN -> " a";
            case NEEDS_BOTH -> " a b";
            case NEEDS_EITHER -> b && !a ? " b" : " a";
            case READS -> " b";
            case VENDOR, DENIED, UNLISTED, READS_ELSEWHERE -> "deny";
          };
      if (need.equals("deny")) {
        return "403";
      }
      String scope = " scope=mcp:read" + need;
      if (operation == Operation.NEEDS_LOGIN && auth == Auth.WEAK) {
        return "401 error=insufficient_user_authentication" + scope + " acr_values=mfa";
      }
      boolean enough =
          held.contains("mcp:read") && (!need.contains("a") || a) && (!need.contains("b") || b);
      return enough ? "200" : "403 error=insufficient_scope" + scope;
    }
  }

  private static void policy(ConfigBuilder config) {
    config
        .requiredScopes("mcp:read")
        .tokenValidator(DecisionTableTest::validate)
        .primaryResource()
        .rule(Target.tool("free"), Requirement.NOTHING)
        .rule(Target.tool("a"), Requirement.allOf("a"))
        .rule(Target.tool("ab"), Requirement.allOf("a", "b"))
        .rule(Target.tool("either"), Requirement.parse("a | b"))
        .rule(Target.tool("denied"), Requirement.DENIED)
        .rule(
            Target.tool("pay"),
            Requirement.allOf("a")
                .with(new AuthenticationStrength(List.of("mfa"), Optional.empty())))
        .rule(Target.resource("db://x/{id}"), Requirement.allOf("b"))
        .scopeImplies("admin", "a")
        .stepUp()
        .strategy(StepUpStrategy.OPERATION);
  }

  private static Decision validate(BearerToken token, ResourceIdentifier resource) {
    List<String> parts = List.of(token.text().split("\\."));
    return switch (parts.get(0)) {
      case "EXPIRED" -> new Decision.Denied(Denial.EXPIRED, "");
      case "OUTAGE" -> new Decision.Undecided("no keys");
      default ->
          new Decision.Granted(
              new AccessToken(
                  "https://id.example",
                  "subject",
                  Optional.of("client"),
                  List.of(resource.toString()),
                  Scope.of(
                      parts.subList(1, parts.size()).stream()
                          .map(s -> s.replace('_', ':'))
                          .toList()),
                  Instant.MAX,
                  Map.of("acr", parts.get(0).equals("STRONG") ? "mfa" : "pwd")));
    };
  }

  private static MemoryExchange exchange(Case one) {
    MemoryExchange exchange = MemoryExchange.of("POST", "/mcp");
    String token =
        one.auth()
            + one.held().stream().map(s -> "." + s.replace(':', '_')).reduce("", String::concat);
    if (one.auth() != Auth.NONE) {
      exchange.bearer(token);
    }
    if (one.auth() == Auth.REPEATED) {
      exchange.bearer(token);
    }
    Operation call = one.operation();
    boolean named = !call.member.isEmpty();
    if (!one.version().isEmpty()) {
      exchange.field("MCP-Protocol-Version", one.version());
    }
    exchange.field("Mcp-Method", one.agrees() ? call.method : "tools/list2");
    if (named) {
      exchange.field("Mcp-Name", one.agrees() ? call.name : "free");
    }
    boolean modern = one.version().equals("2026-07-28");
    return exchange.json(
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\""
            + call.method
            + "\",\"params\":{"
            + (named ? "\"" + call.member + "\":\"" + call.name + "\"" : "")
            + (named && modern ? "," : "")
            + (modern
                ? "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}"
                : "")
            + "}}");
  }

  private static String actual(ResourceServer engine, Case one) {
    MemoryExchange exchange = exchange(one);
    if (exchange.admittedBy(engine)) {
      return "200";
    }
    Response response = exchange(one).refusedBy(engine);
    StringBuilder seen = new StringBuilder().append(response.status());
    for (String name : List.of("error", "scope", "acr_values")) {
      Matcher param =
          Pattern.compile("[ ,]" + name + "=\"([^\"]*)\"").matcher(Engines.challenge(response));
      if (param.find()) {
        seen.append(' ').append(name).append('=').append(param.group(1));
      }
    }
    return seen.toString();
  }

  private static List<Case> cases() {
    List<Case> all = new ArrayList<>();
    for (Auth auth : Auth.values()) {
      for (int mask = 0; mask < 1 << SCOPES.size(); mask++) {
        Set<String> held = new LinkedHashSet<>();
        for (int bit = 0; bit < SCOPES.size(); bit++) {
          if ((mask >> bit & 1) == 1) {
            held.add(SCOPES.get(bit));
          }
        }
        for (Operation operation : Operation.values()) {
          for (String version : VERSIONS) {
            all.add(new Case(auth, held, operation, version, true));
            all.add(new Case(auth, held, operation, version, false));
          }
        }
      }
    }
    return all;
  }

  @Test
  void SC14_everyCombinationIsDecidedAsTheReferenceSays() {
    ResourceServer engine = Engines.engine(DecisionTableTest::policy);
    List<Case> cases = cases();

    assertEquals(6 * 16 * 12 * 4 * 2, cases.size());
    for (Case one : cases) {
      assertEquals(one.expected(), actual(engine, one), one::toString);
    }
  }
}
