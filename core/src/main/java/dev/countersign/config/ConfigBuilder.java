package dev.countersign.config;

import dev.countersign.spi.DecisionListener;
import dev.countersign.spi.RevocationList;
import dev.countersign.spi.SharedStore;
import dev.countersign.spi.TokenValidator;
import dev.countersign.token.JwtTokenValidator;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link ResourceServerConfig}. Whatever a setting can do, a method here can do. Nothing
 * is refused before {@link #build}, which says all problems together. Not thread-safe.
 */
public final class ConfigBuilder {

  // One plain word: clients look for "name=" anywhere in the field, and take a URL in the realm for
  // an issuer.
  private static final String REALM = "[A-Za-z0-9._-]{1,64}";
  private static final String ORIGIN =
      "https?://[a-z0-9.-]+(:\\d{1,5})?|https?://\\[[0-9a-f:.]+](:\\d{1,5})?|null";

  Mode mode = Mode.ENFORCE;
  StartupFailure onStartupFailure = StartupFailure.EXIT;
  final Set<Integer> unguardedPorts = new TreeSet<>();
  ToolChallenges toolChallenges = ToolChallenges.HTTP;
  TokenPassthrough tokenPassthrough = TokenPassthrough.OFF;
  String realm = "";
  String errorUri = "";
  final Set<String> publicPaths = new LinkedHashSet<>();
  final Set<String> allowedOrigins = new LinkedHashSet<>();
  Duration clockSkew = Duration.ofSeconds(30);
  int maxTokenLength = 16 * 1024;
  int maxBodySize = 1024 * 1024;
  int bodyMemory = 64 * 1024 * 1024;
  int tokenCacheSize = JwtTokenValidator.Settings.DEFAULT_CACHE_BYTES;

  boolean strictCredentials;
  int failureLimit;
  boolean jmx;
  boolean selfCheck = true;
  boolean strictStart;
  boolean forwardedHeader;
  boolean legacyAsMirror;
  boolean allowPrivateAddresses;
  boolean allowHttpOnLoopback;
  final List<DecisionListener> listeners = new ArrayList<>();
  final List<RevocationList> revocationLists = new ArrayList<>();
  Clock clock = Clock.systemUTC();
  @Nullable TokenValidator tokenValidator;
  @Nullable SharedStore sharedStore;

  private final Problems problems = new Problems();
  private final SenderConstraintBuilder senderConstraint = new SenderConstraintBuilder(problems);
  private final HardeningBuilder hardening = new HardeningBuilder(problems);
  private final SessionBuilder sessions = new SessionBuilder(problems);
  private final Map<String, ResourceBuilder> resources = new LinkedHashMap<>();
  private final Map<String, IssuerBuilder> namedIssuers = new LinkedHashMap<>();
  private final Set<String> issuers = new LinkedHashSet<>();
  private final IssuerBuilder common = new IssuerBuilder("", problems);
  private String issuersPlace = "";
  private String rootDocument = "";

  ConfigBuilder() {
    resources.put("", new ResourceBuilder("", problems));
  }

  Problems problems() {
    return problems;
  }

  /**
   * The primary resource, for what this builder has no method for.
   *
   * @return its builder
   */
  public ResourceBuilder primaryResource() {
    return resource("");
  }

  /**
   * A further resource on the same origin.
   *
   * @param name how settings and messages call it
   * @return its builder; the same one for the same name
   */
  public ResourceBuilder resource(String name) {
    return resources.computeIfAbsent(name, n -> new ResourceBuilder(n, problems));
  }

  /**
   * How access tokens are bound to their clients: DPoP and client certificates.
   *
   * @return the builder of that
   */
  public SenderConstraintBuilder senderConstraint() {
    return senderConstraint;
  }

  /**
   * What is kept from the application: foreign hosts, claimed identities, and the token.
   *
   * @return the builder of that
   */
  public HardeningBuilder hardening() {
    return hardening;
  }

  /**
   * What holds for every authorization server that was added without a name.
   *
   * @return its builder
   */
  public IssuerBuilder commonIssuer() {
    return common;
  }

  /**
   * An authorization server with settings of its own.
   *
   * @param name how settings and messages call it
   * @return its builder; the same one for the same name
   */
  public IssuerBuilder issuer(String name) {
    return namedIssuers.computeIfAbsent(name, n -> new IssuerBuilder(n, problems));
  }

  /**
   * Adds an authorization server.
   *
   * @param issuer its issuer, spelt as in its own metadata
   * @return this builder
   */
  public ConfigBuilder authorizationServer(String issuer) {
    issuers.add(issuer);
    issuersPlace = problems.place();
    return this;
  }

  /**
   * The scopes that every access token for the primary resource must have.
   *
   * @param tokens the scope-tokens
   * @return this builder
   */
  public ConfigBuilder requiredScopes(String... tokens) {
    primaryResource().requiredScopes(tokens);
    return this;
  }

  /**
   * The scopes that the first challenge of the primary resource asks for.
   *
   * @param tokens the scope-tokens
   * @return this builder
   */
  public ConfigBuilder announcedScopes(String... tokens) {
    primaryResource().announcedScopes(tokens);
    return this;
  }

  /**
   * The scopes that the metadata document of the primary resource lists.
   *
   * @param tokens the scope-tokens
   * @return this builder
   */
  public ConfigBuilder scopesSupported(String... tokens) {
    primaryResource().scopesSupported(tokens);
    return this;
  }

  /**
   * The scopes that a call of one tool of the primary resource needs beyond the required ones.
   *
   * @param tool the exact name of the tool
   * @param tokens the scope-tokens
   * @return this builder
   */
  public ConfigBuilder toolScope(String tool, String... tokens) {
    primaryResource().toolScope(tool, tokens);
    return this;
  }

  /**
   * What the kit does with its decisions.
   *
   * @param value the mode
   * @return this builder
   */
  public ConfigBuilder mode(Mode value) {
    mode = Objects.requireNonNull(value, "mode");
    return this;
  }

  /**
   * What the agent does about a server that it cannot guard.
   *
   * @param value what it does
   * @return this builder
   */
  public ConfigBuilder onStartupFailure(StartupFailure value) {
    onStartupFailure = Objects.requireNonNull(value, "onStartupFailure");
    return this;
  }

  /**
   * A relaxation: a port that may listen although the agent does not know what opens it.
   * Repeatable.
   *
   * @param port 1 to 65535
   * @return this builder
   */
  public ConfigBuilder unguardedPort(int port) {
    unguardedPort(Integer.toString(port));
    return this;
  }

  void unguardedPort(String port) {
    if (require(isPort(port), "unguarded-ports", port, "expected a port, 1 to 65535")) {
      unguardedPorts.add(Integer.parseInt(port));
    }
  }

  /**
   * What the agent does about an access token of a client that the application sends on. An engine
   * without the agent does not see it.
   *
   * @param value what it does
   * @return this builder
   */
  public ConfigBuilder tokenPassthrough(TokenPassthrough value) {
    tokenPassthrough = Objects.requireNonNull(value, "tokenPassthrough");
    return this;
  }

  /**
   * The realm of challenges.
   *
   * @param word letters, digits, dots, hyphens and underscores, at most 64
   * @return this builder
   */
  public ConfigBuilder realm(String word) {
    if (require(
        word.matches(REALM), "realm", word, "expected one plain word of at most 64 characters")) {
      realm = word;
    }
    return this;
  }

  /**
   * The page about errors, for people.
   *
   * @param url an absolute https URL
   * @return this builder
   */
  public ConfigBuilder errorUri(String url) {
    if (problems.check("error-uri", url, () -> requirePage(URI.create(url)))) {
      errorUri = url;
    }
    return this;
  }

  /**
   * In which form the call of a tool is told that it needs another token.
   *
   * @param form the form; {@link ToolChallenges#HTTP} unless set
   * @return this builder
   */
  public ConfigBuilder toolChallenges(ToolChallenges form) {
    toolChallenges = Objects.requireNonNull(form, "form");
    return this;
  }

  /**
   * Relaxation: a path that needs no token.
   *
   * @param path an exact raw path, or a prefix that ends in a slash
   * @return this builder
   */
  public ConfigBuilder publicPath(String path) {
    boolean plain = path.startsWith("/") && path.length() > 1 && !RawPath.isAmbiguous(path);
    if (require(
        plain,
        "public-paths",
        path,
        "expected a path that begins with a slash, without %, ;, \\, // or dot"
            + " segments, and not / itself")) {
      publicPaths.add(path);
    }
    return this;
  }

  /**
   * An origin whose pages may call the server.
   *
   * @param origin scheme, host and port, as a browser sends it; {@code null} for opaque origins
   * @return this builder
   */
  public ConfigBuilder allowedOrigin(String origin) {
    if (require(
        origin.matches(ORIGIN),
        "allowed-origins",
        origin,
        "expected an origin such as https://app.example.com, in lower case, without a path")) {
      allowedOrigins.add(origin);
    }
    return this;
  }

  /**
   * The tolerance on {@code exp}, {@code nbf} and {@code iat}.
   *
   * @param skew zero to five minutes, inclusive
   * @return this builder
   */
  public ConfigBuilder clockSkew(Duration skew) {
    boolean inRange = !skew.isNegative() && skew.compareTo(Duration.ofMinutes(5)) <= 0;
    require(
        inRange,
        "clock-skew",
        skew.toString(),
        "expected an ISO-8601 duration such as PT30S, at most PT5M");
    clockSkew = skew;
    return this;
  }

  /**
   * The greatest length of a token.
   *
   * @param characters 256 to 65536, inclusive
   * @return this builder
   */
  public ConfigBuilder maxTokenLength(int characters) {
    maxTokenLength = inRange("max-token-length", characters, 256, 65_536);
    return this;
  }

  /**
   * How much memory accepted tokens may take that need not be verified again.
   *
   * @param bytes 0 to 536870912, inclusive; 0 to verify every token on every request
   * @return this builder
   */
  public ConfigBuilder tokenCacheSize(int bytes) {
    tokenCacheSize = inRange("token-cache-size", bytes, 0, 512 * 1024 * 1024);
    return this;
  }

  /**
   * Adds a list of revoked tokens, beside what {@code ResourceServer.revoke} is told.
   *
   * @param list asked on every request with a good token
   * @return this builder
   */
  public ConfigBuilder revocations(RevocationList list) {
    revocationLists.add(Objects.requireNonNull(list, "list"));
    return this;
  }

  /**
   * The greatest size of a body that is read for a rule.
   *
   * @param bytes 1024 to 67108864, inclusive
   * @return this builder
   */
  public ConfigBuilder maxBodySize(int bytes) {
    maxBodySize = inRange("max-body-size", bytes, 1024, 64 * 1024 * 1024);
    return this;
  }

  /**
   * How much of bodies is kept at the same time while they are read for a rule.
   *
   * @param bytes 1048576 to 2147483647, inclusive, and no less than the greatest size of one body
   * @return this builder
   */
  public ConfigBuilder bodyMemory(int bytes) {
    bodyMemory = inRange("body-memory", bytes, 1024 * 1024, Integer.MAX_VALUE);
    return this;
  }

  /**
   * Whether a scheme alone and a token in the query beside one in the field are answered 400.
   *
   * @param strict true for 400
   * @return this builder
   */
  public ConfigBuilder strictCredentials(boolean strict) {
    strictCredentials = strict;
    return this;
  }

  /**
   * How many requests with bad credentials one source may send a minute; what it sends beyond that
   * with credentials is answered 429.
   *
   * @param requests 0 to 1000000, inclusive; 0 for no limit
   * @return this builder
   */
  public ConfigBuilder failureLimit(int requests) {
    failureLimit = inRange("failure-limit", requests, 0, 1_000_000);
    return this;
  }

  /**
   * Whether trusted proxies write {@code Forwarded} (RFC 7239) instead of {@code X-Forwarded-For}.
   *
   * @param standard true for {@code Forwarded}
   * @return this builder
   */
  public ConfigBuilder forwardedHeader(boolean standard) {
    forwardedHeader = standard;
    return this;
  }

  /**
   * Whether the engine counts its decisions and shows the counts through JMX.
   *
   * @param show true to show them
   * @return this builder
   */
  public ConfigBuilder jmx(boolean show) {
    jmx = show;
    return this;
  }

  /**
   * Whether the server looks at itself: at its authorization servers when it starts, and at its own
   * answers through the loopback.
   *
   * @param look false to leave both out
   * @return this builder
   */
  public ConfigBuilder selfCheck(boolean look) {
    selfCheck = look;
    return this;
  }

  /**
   * Whether nothing is served as long as the self-check has found an error.
   *
   * @param strict true to refuse
   * @return this builder
   */
  public ConfigBuilder strictStart(boolean strict) {
    strictStart = strict;
    return this;
  }

  /**
   * Whether the first authorization server's metadata is served as a copy.
   *
   * @param mirror true for a copy
   * @return this builder
   */
  public ConfigBuilder legacyAsMirror(boolean mirror) {
    legacyAsMirror = mirror;
    return this;
  }

  /**
   * Which resource the document without a path is about.
   *
   * @param name the name of a resource, {@code first}, or {@code off}
   * @return this builder
   */
  public ConfigBuilder rootDocument(String name) {
    rootDocument = name;
    return this;
  }

  /**
   * Relaxation: whether an authorization server may have a private address.
   *
   * @param allow true to allow it
   * @return this builder
   */
  public ConfigBuilder allowPrivateAddresses(boolean allow) {
    allowPrivateAddresses = allow;
    return this;
  }

  /**
   * Relaxation, for development: plain http on the loopback.
   *
   * @return this builder
   */
  public ConfigBuilder allowHttpOnLoopback() {
    return allowHttpOnLoopback(true);
  }

  ConfigBuilder allowHttpOnLoopback(boolean allow) {
    allowHttpOnLoopback = allow;
    return this;
  }

  /**
   * Adds a listener.
   *
   * @param listener who is told of decisions
   * @return this builder
   */
  public ConfigBuilder listener(DecisionListener listener) {
    listeners.add(Objects.requireNonNull(listener, "listener"));
    return this;
  }

  /**
   * The clock, for tests.
   *
   * @param value the clock
   * @return this builder
   */
  public ConfigBuilder clock(Clock value) {
    clock = Objects.requireNonNull(value, "clock");
    return this;
  }

  /**
   * Sessions and streams.
   *
   * @return their builder; always the same one
   */
  public SessionBuilder sessions() {
    return sessions;
  }

  /**
   * A judge of tokens in the place of the kit's own.
   *
   * @param validator the judge; closed with the server, or when a reload brings another one
   * @return this builder
   */
  public ConfigBuilder tokenValidator(TokenValidator validator) {
    tokenValidator = Objects.requireNonNull(validator, "tokenValidator");
    return this;
  }

  /**
   * The memory that all nodes of the server share.
   *
   * @param store the store; the engine does not close it
   * @return this builder
   */
  public ConfigBuilder sharedStore(SharedStore store) {
    sharedStore = Objects.requireNonNull(store, "sharedStore");
    return this;
  }

  /**
   * Checks everything and ends the configuration.
   *
   * @return the configuration
   * @throws ConfigException with every problem
   */
  public ResourceServerConfig build() {
    if (resources.size() > 1 && primaryResource().isUntouched()) {
      resources.remove("");
    }
    TrustedIssuers trusted = trustedIssuers();
    List<ProtectedResource> built = new ArrayList<>();
    for (ResourceBuilder resource : resources.values()) {
      ProtectedResource one =
          resource.build(allowHttpOnLoopback, trusted.advertised(), senderConstraint);
      if (one != null) {
        built.add(one);
      }
    }
    SenderConstraints constraints = senderConstraint.build();
    CrossChecks.of(this, built, trusted, problems);
    problems.about("root-document");
    Optional<ProtectedResource> root = root(built);
    problems.throwIfAny();
    return new ResourceServerConfig(this, built, trusted, root, constraints);
  }

  boolean hasSeveralResources() {
    return resources.size() > 1;
  }

  private TrustedIssuers trustedIssuers() {
    TrustedIssuers trusted = new TrustedIssuers(this);
    trusted.add(issuers, issuersPlace, common);
    if (issuers.isEmpty() && !namedIssuers.isEmpty()) {
      common.requireNone();
    }
    trusted.add(namedIssuers.values());
    if (issuers.isEmpty() && namedIssuers.isEmpty()) {
      problems.missing(
          "authorization-servers",
          "expected at least one issuer: an https URL (RFC 8414 section 2)");
    }
    return trusted;
  }

  private Optional<ProtectedResource> root(List<ProtectedResource> built) {
    if (rootDocument.equals("off")) {
      return Optional.empty();
    }
    if (rootDocument.isEmpty()) {
      return resources.size() == 1 ? built.stream().findFirst() : Optional.empty();
    }
    boolean first = rootDocument.equals("first") && !resources.containsKey("first");
    require(
        first || resources.containsKey(rootDocument),
        "root-document",
        rootDocument,
        "expected off, first, or the name of a resource");
    return built.stream().filter(r -> first || r.name().equals(rootDocument)).findFirst();
  }

  private static boolean isPort(String text) {
    return text.matches("[1-9][0-9]{0,4}") && Integer.parseInt(text) <= 65_535;
  }

  private static void requirePage(URI uri) {
    if (!"https".equals(uri.getScheme()) || uri.getHost() == null) {
      throw new IllegalArgumentException("expected an absolute https URL");
    }
  }

  private int inRange(String setting, int value, int least, int most) {
    require(
        value >= least && value <= most,
        setting,
        Integer.toString(value),
        "expected a whole number from " + least + " to " + most);
    return value;
  }

  private boolean require(boolean holds, String setting, String value, String expectation) {
    if (!holds) {
      problems.add(setting, value, expectation);
    }
    return holds;
  }
}
