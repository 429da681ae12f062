package dev.countersign.doctor.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/** How to mend what was found, in what was recognised, else in words that fit anything. */
final class Remedies {

  private static final Map<String, String> ALL = read();

  private Remedies() {}

  // CHECK[,CHECK…][@PLATFORM[,PLATFORM…]] = text
  private static Map<String, String> read() {
    Properties rows = new Properties();
    try (InputStream in =
        Objects.requireNonNull(Remedies.class.getResourceAsStream("remedies.properties"))) {
      rows.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot happen in a jar", e);
    }
    Map<String, String> all = new HashMap<>();
    for (String key : rows.stringPropertyNames()) {
      String[] sides = key.split("@", 2);
      for (String check : sides[0].split(",")) {
        for (String platform : (sides.length > 1 ? sides[1] : "").split(",")) {
          all.merge(
              check + "@" + platform, rows.getProperty(key, ""), (one, two) -> one + "\n" + two);
        }
      }
    }
    return all;
  }

  /** The keys of the table, {@code D05@nginx} each; nothing behind the sign for any platform. */
  static List<String> keys() {
    return ALL.keySet().stream().sorted().toList();
  }

  /** The way out that fits anything. */
  static Optional<String> of(CheckId check) {
    return Optional.ofNullable(ALL.get(check + "@"));
  }

  /** The way out on a platform; empty if there is none of its own. */
  static Optional<String> of(CheckId check, Platform platform) {
    return Optional.ofNullable(ALL.get(check + "@" + platform.key()));
  }

  /** The findings, each with a remedy, unless it is good news. */
  static List<Finding> addedTo(List<Finding> findings, List<Platform.Seen> platforms) {
    return findings.stream().map(finding -> addedTo(finding, platforms)).toList();
  }

  private static Finding addedTo(Finding finding, List<Platform.Seen> platforms) {
    if (!finding.remedy().isEmpty()) {
      return finding;
    }
    String special =
        platforms.stream()
            .flatMap(
                seen ->
                    of(finding.check(), seen.platform()).stream()
                        .flatMap(text -> Arrays.stream(text.split("\n")))
                        .map(text -> "looks like " + seen + ": " + text))
            .collect(Collectors.joining("\n"));
    if (!special.isEmpty()) {
      return finding.mendedBy(special);
    }
    return finding.severity() == Severity.INFO
        ? finding
        : of(finding.check()).map(finding::mendedBy).orElse(finding);
  }
}
