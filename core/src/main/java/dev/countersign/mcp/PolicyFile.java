package dev.countersign.mcp;

import dev.countersign.internal.Json;
import dev.countersign.internal.JsonException;
import dev.countersign.internal.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A policy as it is written in a file, in JSON, or in the part of YAML that is another way to write
 * JSON. Immutable.
 *
 * <pre>
 * {
 *   "tools": {
 *     "list_files": "none",
 *     "delete_file": "files:write | files:admin",
 *     "pay": { "scopes": "pay:write", "acr-values": "urn:mfa", "max-age": "PT5M" }
 *   },
 *   "scope-implies": { "files:admin": "files:write files:read" }
 * }
 * </pre>
 *
 * @param rules what it says, as far as that is right
 * @param pointers where each rule stands, as a JSON pointer (RFC 6901)
 * @param faults everything that is wrong with it; none if it can be used
 */
public record PolicyFile(
    PolicyRules rules, Map<Target, String> pointers, List<PolicyFile.Fault> faults) {

  /** Enough for 100,000 rules. */
  private static final Json.Limits LIMITS = new Json.Limits(32 * 1024 * 1024, 8, 4_000_000, 64);

  /** Copies map and list. */
  public PolicyFile {
    pointers = Collections.unmodifiableMap(new LinkedHashMap<>(pointers));
    faults = List.copyOf(faults);
  }

  /**
   * Something that is wrong with a file.
   *
   * @param pointer where, as a JSON pointer; empty for the whole file
   * @param value what stands there; empty if it is no plain value
   * @param expectation what was expected instead
   */
  public record Fault(String pointer, String value, String expectation) {}

  /**
   * Reads a file.
   *
   * @param utf8 its content in UTF-8
   * @param yaml whether it is YAML
   * @return what it says, and what is wrong with it
   * @throws LinkageError if it is YAML and the optional dependency is not there
   */
  public static PolicyFile read(byte[] utf8, boolean yaml) {
    try {
      return new PolicyReader().read(yaml ? Yaml.read(utf8, LIMITS) : Json.read(utf8, LIMITS));
    } catch (JsonException e) {
      String what = String.valueOf(e.getMessage()).replaceFirst(" at \\d+$", "");
      String where = " in line " + line(utf8, e.position());
      return new PolicyFile(PolicyRules.NONE, Map.of(), List.of(new Fault("", "", what + where)));
    }
  }

  private static long line(byte[] utf8, long position) {
    return 1
        + new String(utf8, StandardCharsets.UTF_8)
            .codePoints()
            .limit(position)
            .filter(c -> c == '\n')
            .count();
  }
}
