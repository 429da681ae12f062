package dev.countersign.it.agent;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.shrinkwrap.resolver.api.maven.Maven;

/** Artifacts with everything that they need, by the repositories and mirrors that Maven uses. */
final class Libraries {

  private static final Map<List<String>, List<Path>> RESOLVED = new ConcurrentHashMap<>();

  private Libraries() {}

  /**
   * A class path.
   *
   * @param coordinates {@code group:artifact:version}, each
   */
  static List<Path> of(List<String> coordinates) {
    if (coordinates.isEmpty()) {
      return List.of();
    }
    return RESOLVED.computeIfAbsent(
        List.copyOf(coordinates),
        all ->
            Arrays.stream(Maven.resolver().resolve(all).withTransitivity().asFile())
                .map(file -> file.toPath())
                .toList());
  }

  /** The jar or directory that a class has come from. */
  static Path origin(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
