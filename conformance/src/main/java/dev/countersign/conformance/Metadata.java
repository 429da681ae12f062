package dev.countersign.conformance;

import dev.countersign.testkit.RawResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the protected resource metadata of a server is. */
final class Metadata {

  static final String ROOT = "/.well-known/oauth-protected-resource";

  private Metadata() {}

  static RawResponse fetch(Subject subject) throws IOException {
    return subject.get(place(subject));
  }

  static RawResponse wellKnown(Subject subject) throws IOException {
    return subject.get(subject.metadataPath());
  }

  /** Where MCP clients find it: what is wrong with the place itself is for few rules to say. */
  static String place(Subject subject) throws IOException {
    for (String path : List.of(subject.metadataPath(), pointer(subject), ROOT)) {
      if (!path.isEmpty() && subject.get(path).status() == 200) {
        return path;
      }
    }
    return subject.metadataPath();
  }

  /** The path of the URL in the challenge; empty if there is none. */
  private static String pointer(Subject subject) throws IOException {
    String url = Seen.value(subject.ask(subject.initialize()), "resource_metadata");
    try {
      String path = url.isEmpty() ? "" : URI.create(url).getRawPath();
      return path == null ? "" : path;
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  static Optional<Map<String, Object>> document(Subject subject) throws IOException {
    return document(fetch(subject));
  }

  static Optional<Map<String, Object>> document(RawResponse response) {
    try {
      return response.status() == 200 ? Optional.of(response.json()) : Optional.empty();
    } catch (RuntimeException | AssertionError e) {
      // Not JSON: as good as none.
      return Optional.empty();
    }
  }

  /**
   * The metadata that the challenge leads to; what is at the well-known URL if it leads nowhere.
   */
  static RawResponse pointed(Subject subject) throws IOException {
    String url = Seen.value(subject.ask(subject.initialize()), "resource_metadata");
    String path = url.isEmpty() ? "" : URI.create(url).getRawPath();
    return path == null || path.isEmpty() ? fetch(subject) : subject.get(path);
  }
}
