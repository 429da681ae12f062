package dev.countersign.doctor.check;

import static dev.countersign.doctor.check.Severity.ERROR;
import static dev.countersign.doctor.check.Severity.WARNING;

import dev.countersign.doctor.wire.Answer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Whether the URL may be typed in another way, and where a web application hides metadata. */
final class SpellingChecks {

  private SpellingChecks() {}

  static List<Check> all() {
    return List.of(SpellingChecks::slash, SpellingChecks::contextInternal);
  }

  private static List<Finding> slash(Site site) {
    if (site.path().isEmpty()) {
      return List.of();
    }
    boolean typed = site.url().getRawPath().endsWith("/");
    URI twin = URI.create(site.origin() + site.path() + (typed ? "" : "/"));
    Answer one = site.probe(Probe.INITIALIZE);
    Answer other = site.ask(Probe.INITIALIZE.to(twin));
    if (one.status() == other.status()) {
      return List.of();
    }
    String message =
        site.url()
            + " and "
            + twin
            + " differ ("
            + Shown.status(one)
            + " and "
            + Shown.status(other)
            + "). Users type both; serve both, publish one.";
    return List.of(new Finding(CheckId.D29, WARNING, message).seeing(Shown.head(other)));
  }

  private static List<Finding> contextInternal(Site site) {
    if (Document.of(site.metadataUrl(), site.get(site.metadataUrl())).isPresent()) {
      return List.of();
    }
    return contextUrls(site).stream()
        .filter(url -> Document.of(url, site.get(url)).isPresent())
        .limit(1)
        .map(
            url ->
                new Finding(
                        CheckId.D57,
                        site.pointer().filter(url::equals).isPresent() ? WARNING : ERROR,
                        "Metadata is only available inside the context of the web application."
                            + " Clients that ignore the challenge will fail; serve it at the root"
                            + " of the origin as well.")
                    .seeing(url)
                    .expecting(site.metadataUrl()))
        .toList();
  }

  // /app/mcp: /app/.well-known/oauth-protected-resource/mcp and the like.
  private static List<String> contextUrls(Site site) {
    List<String> urls = new ArrayList<>();
    String path = site.path();
    for (int cut = path.indexOf('/', 1); cut > 0; cut = path.indexOf('/', cut + 1)) {
      urls.add(site.origin() + path.substring(0, cut) + Site.RESOURCE + path.substring(cut));
      urls.add(site.origin() + path.substring(0, cut) + Site.RESOURCE);
    }
    urls.add(site.appendedMetadataUrl());
    return urls;
  }
}
