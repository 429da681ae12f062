package dev.countersign;

import dev.countersign.config.ProtectedResource;
import dev.countersign.config.RawPath;
import java.util.Comparator;
import java.util.List;

/**
 * Which resource a request is for: the longest path that is a prefix of the request's at a segment
 * border.
 */
final class Resources {

  private final List<ProtectedResource> longestFirst;
  private final ProtectedResource first;

  Resources(List<ProtectedResource> resources) {
    this.first = resources.get(0);
    this.longestFirst =
        resources.stream()
            .sorted(
                Comparator.comparingInt((ProtectedResource r) -> r.identifier().path().length())
                    .reversed())
            .toList();
  }

  /**
   * What was found.
   *
   * @param resource the resource whose challenge is sent
   * @param certain false if the path belongs to no resource, or not surely to this one: nothing may
   *     be admitted
   */
  record Selected(ProtectedResource resource, boolean certain) {}

  Selected of(String path) {
    // With one resource there is nothing to confuse: every path is its path.
    if (longestFirst.size() == 1) {
      return new Selected(first, true);
    }
    if (!RawPath.isAmbiguous(path)) {
      for (ProtectedResource resource : longestFirst) {
        if (isBelow(path, resource.identifier().path())) {
          return new Selected(resource, true);
        }
      }
    }
    return new Selected(first, false);
  }

  // Clients add a slash at the end of the identifier, or drop it; both spellings are of one
  // resource.
  private static boolean isBelow(String path, String prefix) {
    String border = prefix.endsWith("/") ? prefix : prefix + "/";
    return (path + "/").startsWith(border);
  }
}
