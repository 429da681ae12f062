package dev.countersign.doctor.client;

import dev.countersign.doctor.wire.Caller;
import java.net.URI;

/** How a client compares the {@code resource} of the metadata with the URL that was typed. */
public enum ResourceRule {
  /** The same text, but for a slash behind a bare host. */
  EXACT,
  /** The same text, or the origin. */
  EXACT_OR_ORIGIN,
  /** The same origin, and the beginning of the path at the border of a segment. */
  PREFIX,
  /** Whatever it is. */
  ANY;

  /**
   * Says whether a client with this rule goes on.
   *
   * @param typed the URL that the user typed
   * @param resource the member of the metadata
   * @return whether they fit
   */
  public boolean accepts(URI typed, String resource) {
    URI named;
    try {
      named = URI.create(resource);
    } catch (IllegalArgumentException e) {
      return false;
    }
    if (this == ANY) {
      return true;
    }
    if (named.getHost() == null || !Caller.sameOrigin(typed, named)) {
      return false;
    }
    String want = path(typed);
    String got = path(named);
    return switch (this) {
      case PREFIX -> (want + "/").startsWith(got.endsWith("/") ? got : got + "/");
      case EXACT_OR_ORIGIN -> got.equals("/") || want.equals(got);
      default -> want.equals(got);
    };
  }

  private static String path(URI url) {
    return url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
  }
}
