package dev.countersign.testkit;

import dev.countersign.config.ConfigBuilder;
import dev.countersign.config.Mode;
import java.util.function.UnaryOperator;

/** The configurations of the contract, each of one resource {@code https://mcp.example.com/mcp}. */
enum Setup {
  /** What most servers have. */
  STANDARD(
      config ->
          config
              .scopesSupported("mcp:read", "files:read", "files:write")
              .allowedOrigin("https://app.example")
              .publicPath("/health")
              .publicPath("/open/")),
  /** With scopes of tools, so that bodies are read. */
  TOOLS(
      config ->
          config
              .toolScope("read_file", "files:read")
              .toolScope("delete_file", "files:read", "files:write")),
  /** Judges, but admits everything. */
  REPORT_ONLY(config -> config.mode(Mode.REPORT_ONLY)),
  /** The authorization server is out of reach. */
  OUTAGE(config -> config.allowedOrigin("https://app.example")),
  /** The judge of tokens has a bug. */
  BROKEN(
      config ->
          config.tokenValidator(
              (token, resource) -> {
                throw new IllegalStateException("a bug of the validator");
              })),
  /** With a copy of the metadata of the authorization server, for old clients. */
  MIRROR(config -> config.legacyAsMirror(true)),
  /** Another resource beside the first one. */
  TWO_RESOURCES(
      config -> {
        config
            .resource("other")
            .resource("https://mcp.example.com/other")
            .requiredScopes("other:read");
        return config;
      });

  private final UnaryOperator<ConfigBuilder> change;

  Setup(UnaryOperator<ConfigBuilder> change) {
    this.change = change;
  }

  ConfigBuilder applyTo(ConfigBuilder config) {
    return change.apply(config);
  }
}
