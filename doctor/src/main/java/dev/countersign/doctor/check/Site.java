package dev.countersign.doctor.check;

import dev.countersign.doctor.wire.Answer;
import dev.countersign.doctor.wire.Caller;
import dev.countersign.doctor.wire.Request;
import dev.countersign.http.BearerChallenge;
import dev.countersign.http.Challenge;
import dev.countersign.http.Challenges;
import dev.countersign.oauth.ResourceIdentifier;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An MCP server as clients see it. Everything is asked for when it is first needed, and once. Not
 * thread-safe.
 */
public final class Site {

  /**
   * What a user can give besides the URL. Immutable.
   *
   * @param token an access token to look into and to try
   * @param clientId a client that is registered at the authorization server
   * @param sibling another resource, which must not accept the same token
   */
  public record Means(Optional<String> token, Optional<String> clientId, Optional<URI> sibling) {

    /** Nothing. */
    public static final Means NONE =
        new Means(Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * Prints no credentials.
     *
     * @return what there is
     */
    @Override
    public String toString() {
      return "Means[token=" + (token.isPresent() ? "given" : "none") + "]";
    }
  }

  /** Where the metadata of an origin is (RFC 9728 section 3). */
  static final String RESOURCE = "/.well-known/oauth-protected-resource";

  private final URI url;
  private final Caller caller;
  private final Means means;
  private final InstantSource clock;

  /**
   * A site.
   *
   * @param url what users type into their client, absolute
   * @param caller asks it
   * @param means what the user gave besides the URL
   * @param clock the time
   */
  public Site(URI url, Caller caller, Means means, InstantSource clock) {
    this.url = url;
    this.caller = caller;
    this.means = means;
    this.clock = clock;
  }

  /**
   * What users type into their client.
   *
   * @return an absolute URL
   */
  public URI url() {
    return url;
  }

  /**
   * Scheme, host and port.
   *
   * @return the origin of the URL
   */
  public String origin() {
    return Caller.origin(url);
  }

  /** Whether a URL is on that origin. */
  boolean isOurs(URI other) {
    return Caller.sameOrigin(url, other);
  }

  /**
   * Whether the server runs on this machine, where plain HTTP does no harm.
   *
   * @return true for localhost and loopback addresses
   */
  public boolean isOnLoopback() {
    return url.getHost() != null && ResourceIdentifier.isLoopback(url.getHost());
  }

  /**
   * The path of the URL without a slash at its end.
   *
   * @return the raw path; empty for the root
   */
  public String path() {
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /**
   * The access token that was given.
   *
   * @return never to be printed; empty if there is none
   */
  public Optional<String> token() {
    return means.token();
  }

  /**
   * What the user gave besides the URL.
   *
   * @return credentials and neighbours
   */
  public Means means() {
    return means;
  }

  /**
   * The time.
   *
   * @return by the clock of this machine
   */
  public Instant now() {
    return clock.instant();
  }

  /**
   * Sends a request, unless that was done already.
   *
   * @param request the request
   * @return what came back
   */
  public Answer ask(Request request) {
    return caller.ask(request);
  }

  /**
   * Everything that was asked so far.
   *
   * @return requests and answers in their order
   */
  public Map<Request, Answer> asked() {
    return caller.asked();
  }

  /**
   * Fetches a document.
   *
   * @param where an absolute URL
   * @return what came back
   */
  public Answer get(String where) {
    try {
      return ask(documentRequest(where));
    } catch (IllegalArgumentException e) {
      return new Answer.Unreachable("this is no URL");
    }
  }

  /**
   * How a document is asked for.
   *
   * @param where an absolute URL
   * @return the request
   * @throws IllegalArgumentException if it is no URL
   */
  public static Request documentRequest(String where) {
    return Request.of("GET", URI.create(where)).with("Accept", "application/json");
  }

  /**
   * What a probe gets.
   *
   * @param probe the probe
   * @return what came back
   */
  public Answer probe(Probe probe) {
    return ask(probe.to(url));
  }

  /**
   * The answer that clients take the challenge from: the first 401 of a probe, the commonest first.
   *
   * @return empty if no probe gets a 401
   */
  public Optional<Answer> unauthorized() {
    return List.of(Probe.INITIALIZE, Probe.INITIALIZE_WITHOUT_ACCEPT, Probe.GET, Probe.EMPTY_POST)
        .stream()
        .map(this::probe)
        .filter(answer -> answer.status() == 401)
        .findFirst();
  }

  /**
   * The challenge lines of that answer.
   *
   * @return the values of its {@code WWW-Authenticate} lines; empty if there are none
   */
  public List<String> challengeLines() {
    return unauthorized().map(answer -> answer.values("www-authenticate")).orElse(List.of());
  }

  /**
   * The Bearer challenge in them, read as leniently as possible.
   *
   * @return empty if there is none
   */
  public Optional<Challenge> bearer() {
    return bearer(challengeLines());
  }

  /**
   * The first Bearer challenge of some field lines, read as leniently as possible.
   *
   * @param lines the values of {@code WWW-Authenticate} lines
   * @return empty if there is none
   */
  public static Optional<Challenge> bearer(List<String> lines) {
    return Challenges.parseLenient(lines).challenges().stream()
        .filter(challenge -> challenge.hasScheme("Bearer"))
        .findFirst();
  }

  /**
   * What the resource is by its own metadata, else what users type.
   *
   * @return the identifier that tokens are for
   */
  public String resource() {
    return metadata().flatMap(document -> document.text("resource")).orElse(url.toString());
  }

  /**
   * Where the challenge says that the metadata is.
   *
   * @return the value as it stands; empty if it says nothing
   */
  public Optional<String> pointer() {
    return bearer().flatMap(challenge -> challenge.param("resource_metadata"));
  }

  /**
   * Where RFC 9728 section 3.1 says that the metadata is.
   *
   * @return the well-known URL with the path inserted behind it
   */
  public String metadataUrl() {
    return origin() + RESOURCE + path();
  }

  /**
   * Where the metadata of the whole origin is.
   *
   * @return the well-known URL without a path
   */
  public String rootMetadataUrl() {
    return origin() + RESOURCE;
  }

  /**
   * Where some clients look although no specification says so.
   *
   * @return the well-known name behind the path
   */
  public String appendedMetadataUrl() {
    return origin() + path() + RESOURCE;
  }

  /**
   * Every place where a client looks for the metadata.
   *
   * @return absolute URLs, each once, the one of the challenge first
   */
  public List<String> metadataUrls() {
    return Stream.of(
            pointer().orElse(""),
            metadataUrl(),
            metadataUrl() + "/",
            rootMetadataUrl(),
            appendedMetadataUrl())
        .filter(where -> where.startsWith("http"))
        .distinct()
        .toList();
  }

  /**
   * The metadata documents that were found at those places.
   *
   * @return in the order of the places
   */
  public List<Document> documents() {
    return metadataUrls().stream()
        .map(where -> Document.of(where, get(where)))
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * Where clients of the revision 2025-03-26 look for authorization server metadata.
   *
   * @return absolute URLs on this host, each once
   */
  public List<String> legacyUrls() {
    return Stream.of("oauth-authorization-server", "openid-configuration")
        .map(name -> "/.well-known/" + name)
        .flatMap(
            place ->
                Stream.of(origin() + place, origin() + place + path(), origin() + path() + place))
        .distinct()
        .toList();
  }

  /**
   * The resource metadata that a client ends up with: from the pointer, else the well-known URLs.
   *
   * @return the answer that holds it; empty if none is a JSON document with 200
   */
  public Optional<Document> metadata() {
    return documents().stream().findFirst();
  }

  /**
   * The challenge that a good server would send here, with the scope that this one names.
   *
   * @return a header field value
   */
  public String exampleChallenge() {
    var challenge = BearerChallenge.builder();
    bearer()
        .flatMap(one -> one.param("scope"))
        .ifPresent(scope -> challenge.scope(scope.split(" ")));
    String url = isOnLoopback() ? metadataUrl() : metadataUrl().replaceFirst("^http:", "https:");
    return challenge.resourceMetadataAllowingHttpOnLoopback(url).build().toString();
  }
}
