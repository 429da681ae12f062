package dev.countersign.mcp;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the fields of a request say what its body says, where the revision demands that they do
 * (MCP 2026-07-28, Streamable HTTP, server validation). No decision is made from these fields: they
 * are only compared, so that nothing on the way has seen another call than the one that is judged.
 */
final class HeaderAgreement {

  private static final String VERSION = "io.modelcontextprotocol/protocolVersion";

  private static final Set<String> NAMED = Set.of("tools/call", "resources/read", "prompts/get");

  private HeaderAgreement() {}

  /**
   * Compares.
   *
   * @param revision what the request speaks by its field
   * @param message a request or notification
   * @param method its method
   * @param name what it calls
   */
  static boolean holds(
      BodyFields fields, ProtocolRevision revision, Map<?, ?> message, String method, String name) {
    Optional<String> version = version(message);
    if (!revision.isStateless()) {
      // Such revisions have no other field. A body that claims a newer one would be judged by too
      // few rules.
      return version
          .flatMap(claimed -> ProtocolRevision.of(List.of(claimed)))
          .filter(ProtocolRevision::isStateless)
          .isEmpty();
    }
    // For notifications the fields are not defined: they may be missing, but not lie.
    boolean required = message.containsKey("id");
    return version.map(revision.date()::equals).orElse(!required)
        && agree(fields.methods(), required, method, false)
        && (!NAMED.contains(method) || agree(fields.names(), required, name, true));
  }

  private static Optional<String> version(Map<?, ?> message) {
    return message.get("params") instanceof Map<?, ?> params
            && params.get("_meta") instanceof Map<?, ?> meta
            && meta.containsKey(VERSION)
        ? Optional.of(meta.get(VERSION) instanceof String version ? version : "")
        : Optional.empty();
  }

  private static boolean agree(
      List<String> lines, boolean required, String expected, boolean mayBeEncoded) {
    if (lines.isEmpty()) {
      return !required;
    }
    return lines.size() == 1
        && MirroredValue.decode(lines.get(0), mayBeEncoded).filter(expected::equals).isPresent();
  }
}
