package dev.countersign.config;

import dev.countersign.mcp.PolicyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Finds and reads a policy file. */
final class PolicySource {

  private static final String EXPECTED =
      "expected a readable file that ends in .json, .yaml or .yml";

  private PolicySource() {}

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if it cannot be read
   */
  static PolicyFile read(String file) {
    boolean yaml = file.endsWith(".yaml") || file.endsWith(".yml");
    if (!yaml && !file.endsWith(".json")) {
      throw new IllegalArgumentException(EXPECTED);
    }
    try {
      return PolicyFile.read(Files.readAllBytes(Path.of(file)), yaml);
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException(EXPECTED, e);
    } catch (LinkageError e) {
      throw new IllegalArgumentException(
          "YAML needs org.snakeyaml:snakeyaml-engine, which is not there; the same policy can be"
              + " written as JSON",
          e);
    }
  }
}
