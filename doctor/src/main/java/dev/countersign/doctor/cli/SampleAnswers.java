package dev.countersign.doctor.cli;

import dev.countersign.ResourceServer;
import dev.countersign.config.ProtectedResource;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.config.SettingSource;
import dev.countersign.http.FieldLine;
import dev.countersign.http.Response;
import dev.countersign.internal.Json;
import dev.countersign.mcp.Target;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a server with this configuration serves and answers, by the engine itself. */
final class SampleAnswers {

  private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";
  private static final String INITIALIZE =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{}}";

  private final List<SettingSource> sources;
  private final boolean verbose;
  private final PrintWriter out;

  SampleAnswers(List<SettingSource> sources, boolean verbose, PrintWriter out) {
    this.sources = sources;
    this.verbose = verbose;
    this.out = out;
  }

  void write() throws IOException {
    // Tokens are judged by the sample, so that nobody is asked.
    ResourceServerConfig config =
        ResourceServerConfig.builder(sources).tokenValidator(new SampleTokens()).build();
    try (ResourceServer server = ResourceServer.create(config)) {
      for (ProtectedResource resource : config.resources()) {
        out.println();
        out.println("== " + resource.identifier());
        documents(server, resource);
        answers(server, resource);
      }
    }
  }

  private void documents(ResourceServer server, ProtectedResource resource) throws IOException {
    String path = path(resource);
    String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    String shown = "";
    for (String place :
        Stream.of(WELL_KNOWN + bare, WELL_KNOWN + bare + "/", WELL_KNOWN, bare + WELL_KNOWN)
            .distinct()
            .toList()) {
      Optional<Response> answer = Dry.get(place, host(resource)).to(server);
      String body = answer.filter(one -> one.status() == 200).map(Response::body).orElse("");
      out.println();
      out.println("GET " + resource.identifier().origin() + place);
      out.println(
          "  " + (body.isEmpty() || !body.equals(shown) ? shown(answer) : "HTTP 200, the same"));
      shown = body.isEmpty() ? shown : body;
    }
  }

  private void answers(ResourceServer server, ProtectedResource resource) throws IOException {
    show("without a token", server, call(resource, INITIALIZE));
    show(
        "with an expired token",
        server,
        call(resource, INITIALIZE).with("Authorization", "Bearer " + SampleTokens.BAD));
    Optional<String> tool = scopedTool(resource);
    if (!resource.required().isEmpty() || tool.isPresent()) {
      String body = resource.required().isEmpty() ? toolCall(tool.orElse("")) : INITIALIZE;
      String what = resource.required().isEmpty() ? ", a call of " + tool.orElse("") : "";
      show(
          "with a token without scope" + what,
          server,
          call(resource, body).with("Authorization", "Bearer " + SampleTokens.WITHOUT_SCOPE));
    }
    show(
        "with two tokens",
        server,
        call(resource, INITIALIZE)
            .with("Authorization", "Bearer one")
            .with("Authorization", "Bearer two"));
  }

  private static Optional<String> scopedTool(ProtectedResource resource) {
    return resource.policy().rules().rules().entrySet().stream()
        .filter(one -> one.getKey().kind() == Target.Kind.TOOL)
        .filter(one -> one.getKey().arguments().isEmpty())
        .filter(one -> !List.of("none", "deny").contains(one.getValue().toString()))
        .map(one -> one.getKey().name())
        .findFirst();
  }

  private static String toolCall(String tool) {
    return Json.write(
        Map.of("jsonrpc", "2.0", "id", 1, "method", "tools/call", "params", Map.of("name", tool)));
  }

  private static Dry call(ProtectedResource resource, String body) {
    return Dry.post(path(resource), host(resource), body);
  }

  private static String path(ProtectedResource resource) {
    return resource.identifier().path().isEmpty() ? "/" : resource.identifier().path();
  }

  private static String host(ProtectedResource resource) {
    return String.valueOf(URI.create(resource.identifier().toString()).getRawAuthority());
  }

  private void show(String what, ResourceServer server, Dry request) throws IOException {
    out.println();
    out.println("POST " + request.path() + " " + what);
    out.println("  " + shown(request.to(server)));
  }

  private String shown(Optional<Response> answer) {
    return answer.map(this::shown).orElse("the application answers").replace("\n", "\n  ");
  }

  private String shown(Response response) {
    StringBuilder text = new StringBuilder("HTTP ").append(response.status());
    response.fields().stream()
        .filter(line -> verbose || matters(line))
        .forEach(line -> text.append("\n").append(line.name()).append(": ").append(line.value()));
    return response.body().isEmpty() ? text.toString() : text + "\n" + response.body();
  }

  private static boolean matters(FieldLine line) {
    return line.name().equalsIgnoreCase("WWW-Authenticate");
  }
}
