package dev.countersign;

import dev.countersign.config.Binding;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.http.FieldLine;
import dev.countersign.http.Response;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.spi.Exchange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The {@code Origin} rule of MCP Streamable HTTP, and CORS (Fetch section 3.3) for the origins that
 * are allowed. A request without an {@code Origin} comes from no browser and passes.
 */
final class Origins {

  static final Decision DENIED = new Decision.Denied(Denial.ORIGIN, "");

  private static final String DPOP_HEADER = ", DPoP";
  private static final String DPOP_NONCE = ", DPoP-Nonce";

  private static final String ALLOWED_HEADERS =
      "Authorization, Content-Type, Accept, MCP-Protocol-Version, Mcp-Session-Id, Last-Event-ID,"
          + " Mcp-Method, Mcp-Name";

  private static final String EXPOSED_HEADERS =
      "WWW-Authenticate, Mcp-Session-Id, MCP-Protocol-Version, Retry-After";

  // The parameters of a tool that clients mirror as fields (MCP Streamable HTTP, custom headers).
  private static final Pattern PARAMETER_FIELD = Pattern.compile("(?i)mcp-param-[a-z0-9_-]{1,64}");

  private final Set<String> allowed;
  private final String allowedHeaders;
  private final FieldLine exposed;

  Origins(ResourceServerConfig config) {
    boolean dpop = config.senderConstraints().dpop() != Binding.OFF;
    this.allowedHeaders = dpop ? ALLOWED_HEADERS + DPOP_HEADER : ALLOWED_HEADERS;
    this.exposed =
        new FieldLine(
            "Access-Control-Expose-Headers", dpop ? EXPOSED_HEADERS + DPOP_NONCE : EXPOSED_HEADERS);
    this.allowed = new HashSet<>(config.allowedOrigins());
    config.resources().forEach(resource -> allowed.add(resource.identifier().origin()));
  }

  boolean isAllowed(Exchange exchange) {
    List<String> origins = exchange.headers("Origin");
    return origins.isEmpty() || (origins.size() == 1 && allowed.contains(origins.get(0)));
  }

  /** The fields that let the page read the response; none without an allowed origin. */
  List<FieldLine> fields(Exchange exchange) {
    List<String> origins = exchange.headers("Origin");
    if (origins.size() != 1 || !allowed.contains(origins.get(0))) {
      return List.of();
    }
    return List.of(
        new FieldLine("Access-Control-Allow-Origin", origins.get(0)),
        new FieldLine("Vary", "Origin"),
        exposed);
  }

  /**
   * Only a real preflight of an allowed origin goes without a token; any other OPTIONS is a
   * request.
   */
  boolean isPreflight(Exchange exchange) {
    return exchange.method().equals("OPTIONS")
        && !exchange.headers("Origin").isEmpty()
        && !exchange.headers("Access-Control-Request-Method").isEmpty()
        && isAllowed(exchange);
  }

  Response preflight(Exchange exchange, List<FieldLine> cors) {
    List<FieldLine> fields = new ArrayList<>(cors);
    fields.add(new FieldLine("Access-Control-Allow-Methods", "GET, POST, DELETE, HEAD, OPTIONS"));
    fields.add(
        new FieldLine("Access-Control-Allow-Headers", allowedHeaders + parameterFields(exchange)));
    fields.add(new FieldLine("Access-Control-Max-Age", "600"));
    return Response.empty(204, fields);
  }

  private static String parameterFields(Exchange exchange) {
    StringBuilder names = new StringBuilder();
    exchange.headers("Access-Control-Request-Headers").stream()
        .flatMap(line -> Arrays.stream(line.split(",")))
        .map(String::strip)
        .filter(name -> PARAMETER_FIELD.matcher(name).matches())
        .distinct()
        .limit(32)
        .forEach(name -> names.append(", ").append(name));
    return names.toString();
  }
}
