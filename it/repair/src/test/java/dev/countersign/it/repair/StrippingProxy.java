package dev.countersign.it.repair;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/** Answers as bridges between MCP clients and servers were seen to answer. */
final class StrippingProxy implements Filter {

  private static final Map<String, String> CHALLENGES =
      Map.of(
          "url",
          "Bearer resource_metadata="
              + "\"http://localhost:8080/mcp/.well-known/oauth-protected-resource\"",
          "relative",
          "Bearer resource_metadata=/.well-known/oauth-protected-resource",
          "bare",
          "bearer",
          "step-up",
          "Bearer",
          "all",
          "Bearer realm=\"files\", error=\"invalid_token\", error_description=\"The token was revoked\","
              + " scope=\"files:read\"");

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException {
    String way = ((HttpServletRequest) request).getHeader("Proxy-Way");
    HttpServletResponse answer = (HttpServletResponse) response;
    String challenge = CHALLENGES.get(way);
    // Head and body as they came, and only then the field.
    answer.setStatus(way.equals("step-up") ? 403 : 401);
    answer.setContentType("application/json");
    answer
        .getWriter()
        .print("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32000,\"message\":\"no\"}}");
    if (challenge != null) {
      answer.addHeader("WWW-Authenticate", challenge);
    }
  }
}
