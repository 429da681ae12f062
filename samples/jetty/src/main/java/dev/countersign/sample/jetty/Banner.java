package dev.countersign.sample.jetty;

import dev.countersign.config.ProtectedResource;

/** What the demo says when it is ready. */
final class Banner {

  private Banner() {}

  static String of(ProtectedResource resource, LoginServer login) {
    return """

    The demo is ready; Ctrl-C ends it.

      MCP server            %1$s
      resource metadata     %2$s
      authorization server  %3$s
      login                 %4$s

    See the challenge:

      curl -i %1$s

    Add the server to a client, which then asks you to log in:

      Claude Code   claude mcp add --transport http countersign-demo %1$s
      VS Code       code --add-mcp '{"name":"countersign-demo","type":"http","url":"%1$s"}'
      Codex         codex mcp add countersign-demo --url %1$s

    The tools list_notes and add_note need scopes that the first login does not ask for: calling them shows the
    step-up. The tool clear_notes needs a login with a second step as well.
    """
        .formatted(
            resource.identifier(),
            resource.identifier().metadataUrl(),
            login.issuer(),
            login.hint());
  }
}
