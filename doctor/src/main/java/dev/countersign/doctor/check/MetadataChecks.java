package dev.countersign.doctor.check;

import static dev.countersign.doctor.check.Severity.ERROR;
import static dev.countersign.doctor.check.Severity.INFO;
import static dev.countersign.doctor.check.Severity.WARNING;

import dev.countersign.doctor.wire.Answer;
import dev.countersign.doctor.wire.Request;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Protected resource metadata (RFC 9728), where it is and how it is served. */
final class MetadataChecks {

  private static final Set<Integer> GUARDED = Set.of(401, 403);
  private static final Set<String> IDENTITY =
      Set.of("openid", "profile", "email", "address", "phone", "offline_access");
  private static final Pattern MAX_AGE = Pattern.compile("max-age=(\\d{1,9})");
  private static final int AN_HOUR = 3600;

  private MetadataChecks() {}

  static List<Check> all() {
    return List.of(
        MetadataChecks::place,
        MetadataChecks::isPublic,
        MetadataChecks::webPages,
        MetadataChecks::mediaType,
        MetadataChecks::everySpelling,
        MetadataChecks::unknownPath,
        MetadataChecks::head,
        MetadataChecks::scopes,
        MetadataChecks::caching,
        MetadataChecks::legacyDocuments);
  }

  private static List<Finding> place(Site site) {
    List<Finding> findings = new ArrayList<>();
    missing(site, site.metadataUrl(), ERROR).ifPresent(findings::add);
    if (!site.path().isEmpty()) {
      missing(site, site.rootMetadataUrl(), WARNING).ifPresent(findings::add);
    }
    return findings;
  }

  private static Optional<Finding> missing(Site site, String url, Severity severity) {
    Answer answer = site.get(url);
    if (Document.of(url, answer).isPresent() || GUARDED.contains(answer.status())) {
      return Optional.empty();
    }
    List<String> clients =
        severity == ERROR
            ? List.of("claude.ai", "Cursor", "every client that does not read the challenge")
            : List.of("claude.ai", "ChatGPT", "OpenCode 1.0");
    String message =
        url + " is answered " + Shown.status(answer) + ", without metadata. Clients look there.";
    return Optional.of(
        new Finding(CheckId.D15, severity, message)
            .seeing(Shown.whole(answer))
            .expecting("200 with application/json")
            .hurting(clients));
  }

  private static List<Finding> isPublic(Site site) {
    List<String> guarded =
        site.metadataUrls().stream()
            .filter(url -> GUARDED.contains(site.get(url).status()))
            .toList();
    return guarded.isEmpty()
        ? List.of()
        : List.of(
            new Finding(
                    CheckId.D17,
                    ERROR,
                    guarded.get(0)
                        + " is answered "
                        + site.get(guarded.get(0)).status()
                        + more(guarded)
                        + ". Metadata must be public: it says where to get a token.")
                .seeing(Shown.head(site.get(guarded.get(0)))));
  }

  private static String more(List<String> urls) {
    return urls.size() == 1
        ? ""
        : ", and so are "
            + urls.stream()
                .skip(1)
                .map(url -> URI.create(url).getRawPath())
                .collect(Collectors.joining(", "));
  }

  private static List<Finding> webPages(Site site) {
    List<String> pages =
        Stream.concat(site.metadataUrls().stream(), site.legacyUrls().stream())
            .filter(url -> site.get(url).status() == 200 && site.get(url).isHtml())
            .toList();
    return pages.isEmpty()
        ? List.of()
        : List.of(
            new Finding(
                    CheckId.D19,
                    ERROR,
                    pages.get(0)
                        + " returns a web page with status 200"
                        + more(pages).replace("so are", "so do")
                        + ". Clients parse it as metadata and fail; return a JSON 404.")
                .seeing(Shown.head(site.get(pages.get(0))))
                .hurting(List.of("typescript-sdk", "csharp-sdk", "ruby-sdk", "Cursor")));
  }

  private static List<Finding> mediaType(Site site) {
    List<Document> others =
        site.documents().stream()
            .filter(document -> !document.answer().mediaType().equals("application/json"))
            .toList();
    if (others.isEmpty()) {
      return List.of();
    }
    String type = others.get(0).answer().value("content-type").orElse("nothing");
    String message = "Metadata is served as " + Shown.cut(type) + ". It must be application/json.";
    return List.of(
        new Finding(CheckId.D21, ERROR, message)
            .seeing(others.stream().map(Document::url).collect(Collectors.joining("\n")))
            .hurting(List.of("go-sdk", "ToolHive")));
  }

  private static List<Finding> everySpelling(Site site) {
    List<Finding> findings = new ArrayList<>();
    List<Document> documents = site.documents();
    documents.stream()
        .skip(1)
        .forEach(other -> difference(documents.get(0), other).ifPresent(findings::add));
    return findings;
  }

  private static Optional<Finding> difference(Document one, Document other) {
    Set<String> members = new TreeSet<>();
    Set<String> all = new TreeSet<>(one.members().keySet());
    all.addAll(other.members().keySet());
    Map<String, Object> left = one.members();
    for (String name : all) {
      Object value = left.get(name);
      if (value == null || !value.equals(other.members().get(name))) {
        members.add(name);
      }
    }
    return members.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Finding(
                    CheckId.D25,
                    WARNING,
                    one.url()
                        + " and "
                        + other.url()
                        + " differ in "
                        + String.join(", ", members)
                        + ".")
                .seeing(Shown.cut(other.answer().body()))
                .expecting(Shown.cut(one.answer().body())));
  }

  private static List<Finding> unknownPath(Site site) {
    String url = site.rootMetadataUrl() + "/countersign-doctor-no-such-resource";
    Answer answer = site.get(url);
    return Document.of(url, answer).isEmpty()
        ? List.of()
        : List.of(
            new Finding(
                    CheckId.D27,
                    WARNING,
                    "Any path is answered with metadata, "
                        + url
                        + " for instance. Register resources one by one.")
                .seeing(Shown.whole(answer))
                .expecting("404 with a JSON object"));
  }

  private static List<Finding> head(Site site) {
    if (site.documents().isEmpty()) {
      return List.of();
    }
    String url = site.documents().get(0).url();
    Answer answer = site.ask(Request.of("HEAD", URI.create(url)));
    return answer.status() == 200
        ? List.of()
        : List.of(
            new Finding(
                    CheckId.D34B,
                    INFO,
                    "HEAD of " + url + " is answered " + Shown.status(answer) + ".")
                .seeing(Shown.head(answer))
                .hurting(List.of("ChatGPT")));
  }

  private static List<Finding> scopes(Site site) {
    Set<String> unwanted = new TreeSet<>();
    site.metadata().ifPresent(one -> unwanted.addAll(one.texts("scopes_supported")));
    site.bearer()
        .flatMap(challenge -> challenge.param("scope"))
        .ifPresent(scope -> unwanted.addAll(List.of(scope.split(" "))));
    unwanted.retainAll(IDENTITY);
    return unwanted.isEmpty()
        ? List.of()
        : List.of(
            new Finding(
                CheckId.D45,
                WARNING,
                String.join(", ", unwanted)
                    + " is no scope of this resource. The specification advises against it; some"
                    + " authorization servers refuse it."));
  }

  private static List<Finding> caching(Site site) {
    return site.metadata().stream()
        .flatMap(
            document -> {
              Matcher age = MAX_AGE.matcher(document.answer().value("cache-control").orElse(""));
              String found =
                  !age.find()
                      ? "as long as a client likes"
                      : Integer.parseInt(age.group(1)) > AN_HOUR ? age.group(1) + " s" : "";
              return found.isEmpty()
                  ? Stream.<Finding>empty()
                  : Stream.of(
                      new Finding(
                              CheckId.D53,
                              INFO,
                              "Metadata may be cached "
                                  + found
                                  + "; a changed authorization server stays invisible that long.")
                          .seeing(Shown.head(document.answer()))
                          .expecting("Cache-Control: public, max-age=300"));
            })
        .toList();
  }

  private static List<Finding> legacyDocuments(Site site) {
    List<String> answers =
        site.legacyUrls().stream().map(url -> url + ": " + Shown.status(site.get(url))).toList();
    boolean mirrored =
        site.legacyUrls().stream().anyMatch(url -> Document.of(url, site.get(url)).isPresent());
    String message =
        mirrored
            ? "Authorization server metadata is served on this host for clients of 2025-03-26."
            : "Clients older than the revision of June 2025 look for authorization server metadata"
                + " on this host and find none. Serve a mirror if you must support them.";
    return List.of(
        new Finding(CheckId.D56, INFO, message)
            .seeing(String.join("\n", answers))
            .hurting(mirrored ? List.of() : List.of("OpenCode 1.0", "Amazon Q")));
  }
}
