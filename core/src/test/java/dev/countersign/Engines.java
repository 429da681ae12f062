package dev.countersign;

import dev.countersign.config.ConfigBuilder;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.http.Response;
import java.util.function.Consumer;

/** Engines with a {@link StubValidator}, and parts of what they answer. */
final class Engines {

  static final String RESOURCE = "https://mcp.example/mcp";
  static final String METADATA = "https://mcp.example/.well-known/oauth-protected-resource/mcp";

  private Engines() {}

  static ConfigBuilder builder() {
    return ResourceServerConfig.builder(RESOURCE)
        .authorizationServer("https://id.example")
        .tokenValidator(new StubValidator());
  }

  /** An engine for one resource that needs {@code mcp:read}. */
  static ResourceServer engine() {
    return engine(config -> {});
  }

  static ResourceServer engine(Consumer<ConfigBuilder> more) {
    ConfigBuilder builder = builder().requiredScopes("mcp:read");
    more.accept(builder);
    return ResourceServer.create(builder.build());
  }

  /** The one challenge of a response; empty if there is none. */
  static String challenge(Response response) {
    if (response.values("WWW-Authenticate").size() > 1) {
      throw new AssertionError("more than one challenge: " + response);
    }
    return String.join("", response.values("WWW-Authenticate"));
  }
}
