package dev.countersign.doctor.cli;

import dev.countersign.ResourceServer;
import dev.countersign.config.ProtectedResource;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.mcp.Target;
import dev.countersign.oauth.AccessToken;
import dev.countersign.oauth.ProtectedResourceMetadata;
import dev.countersign.oauth.Scope;
import dev.countersign.spi.Finding;
import dev.countersign.spi.JsonRpcCall;
import dev.countersign.token.AuthorizationServerCheck;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the self-check finds without a running server. */
final class ConfigFindings {

  private ConfigFindings() {}

  static List<Finding> of(ResourceServerConfig config, boolean online) {
    Set<Finding> findings = new LinkedHashSet<>();
    try (ResourceServer server = ResourceServer.create(config)) {
      findings.addAll(server.findings());
    }
    config.resources().forEach(one -> openTools(one).ifPresent(findings::add));
    if (online) {
      List<ProtectedResourceMetadata> documents =
          config.resources().stream().map(ProtectedResource::metadata).toList();
      config
          .jwtIssuers()
          .forEach(one -> findings.addAll(AuthorizationServerCheck.check(one, documents)));
      config
          .opaqueTokens()
          .forEach(one -> findings.addAll(AuthorizationServerCheck.check(one, documents)));
    }
    return List.copyOf(findings);
  }

  /** Whether a client that never asks for more than the first challenge says can do anything. */
  private static Optional<Finding> openTools(ProtectedResource resource) {
    List<String> tools = new ArrayList<>();
    resource.policy().rules().rules().keySet().stream()
        .filter(target -> target.kind() == Target.Kind.TOOL)
        .forEach(target -> tools.add(target.name()));
    if (tools.isEmpty()) {
      return Optional.empty();
    }
    // Of no rule: what is so for all that nobody listed.
    tools.add("a tool that nobody has listed");
    AccessToken token = SampleTokens.with(base(resource), resource.identifier().toString());
    boolean some =
        tools.stream()
            .map(tool -> new JsonRpcCall("tools/call", tool))
            .anyMatch(
                call ->
                    resource.policy().shows(token, call, Instant.now(), java.time.Duration.ZERO));
    return some
        ? Optional.empty()
        : Optional.of(
            new Finding(
                "D70",
                Finding.Level.INFO,
                resource.identifier()
                    + ": the announced scopes open no tool: a client without a user can do nothing"
                    + " and has nobody to ask for more"));
  }

  private static Scope base(ProtectedResource resource) {
    Set<String> tokens = new LinkedHashSet<>(resource.required().tokens());
    tokens.addAll(resource.announced().tokens());
    return Scope.of(tokens);
  }
}
