package dev.countersign;

import dev.countersign.config.ProtectedResource;
import dev.countersign.config.RawPath;
import java.util.List;
import java.util.Set;

/**
 * The paths that need no token: exact ones, and prefixes that end in a slash. A path below a prefix
 * that ends like the path of a resource needs one: some servers route by the end of the path.
 */
final class PublicPaths {

  private final Set<String> exact;
  private final List<String> prefixes;
  private final List<String> ends;

  PublicPaths(Set<String> paths, List<ProtectedResource> resources) {
    this.exact = paths;
    this.prefixes = paths.stream().filter(path -> path.endsWith("/")).toList();
    this.ends =
        resources.stream()
            .map(resource -> trimmed(resource.identifier().path()))
            .filter(path -> !path.isEmpty())
            .toList();
  }

  boolean contains(String path) {
    if (exact.isEmpty() || RawPath.isAmbiguous(path)) {
      return false;
    }
    return exact.contains(path)
        || (prefixes.stream().anyMatch(path::startsWith)
            && ends.stream().noneMatch(trimmed(path)::endsWith));
  }

  private static String trimmed(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
