package dev.countersign.benchmarks;

/** The field that everything here reads or writes: five auth-params, 226 characters. */
final class Sample {

  static final String REALM = "mcp";
  static final String ERROR = "insufficient_scope";
  static final String SCOPE = "files:read files:write";
  static final String RESOURCE_METADATA =
      "https://mcp.example.com/.well-known/oauth-protected-resource/mcp";
  static final String DESCRIPTION = "The request needs more scope than it has";

  static final String FIELD =
      "Bearer realm=\""
          + REALM
          + "\", error=\""
          + ERROR
          + "\", scope=\""
          + SCOPE
          + "\", resource_metadata=\""
          + RESOURCE_METADATA
          + "\", error_description=\""
          + DESCRIPTION
          + "\"";

  private Sample() {}
}
