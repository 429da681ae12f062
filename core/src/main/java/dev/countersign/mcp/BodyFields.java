package dev.countersign.mcp;

import java.util.List;
import java.util.function.Function;

/**
 * The fields of a request that say how its body is to be read and what is in it: every line of
 * each, as received. Immutable.
 *
 * @param contentTypes of {@code Content-Type}
 * @param contentCodings of {@code Content-Encoding}
 * @param versions of {@code MCP-Protocol-Version}
 * @param methods of {@code Mcp-Method}
 * @param names of {@code Mcp-Name}
 */
public record BodyFields(
    List<String> contentTypes,
    List<String> contentCodings,
    List<String> versions,
    List<String> methods,
    List<String> names) {

  /** Copies the lists. */
  public BodyFields {
    contentTypes = List.copyOf(contentTypes);
    contentCodings = List.copyOf(contentCodings);
    versions = List.copyOf(versions);
    methods = List.copyOf(methods);
    names = List.copyOf(names);
  }

  /**
   * The fields of a request.
   *
   * @param lines gives every line of the field of a name
   * @return the fields
   */
  public static BodyFields of(Function<String, List<String>> lines) {
    return new BodyFields(
        lines.apply("Content-Type"),
        lines.apply("Content-Encoding"),
        lines.apply("MCP-Protocol-Version"),
        lines.apply("Mcp-Method"),
        lines.apply("Mcp-Name"));
  }
}
