package dev.countersign.config;

import dev.countersign.spi.DecisionListener;
import dev.countersign.spi.RevocationList;
import dev.countersign.spi.SharedStore;
import dev.countersign.spi.TokenValidator;
import dev.countersign.token.OpaqueTokens;
import dev.countersign.token.TrustedIssuer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The configuration of a resource server. Immutable; made by {@link #builder} or {@link #read}.
 *
 * <p>The smallest complete one has two values: {@code resource} and {@code authorization-servers}.
 */
public final class ResourceServerConfig {

  private final Mode mode;
  private final StartupFailure onStartupFailure;
  private final Set<Integer> unguardedPorts;
  private final TokenPassthrough tokenPassthrough;
  private final List<ProtectedResource> resources;
  private final List<TrustedIssuer> issuers;
  private final List<TrustedIssuer> jwtIssuers;
  private final List<OpaqueTokens> opaqueTokens;
  private final List<IntrospectedTools> introspectedTools;
  private final Optional<ProtectedResource> rootDocument;
  private final ToolChallenges toolChallenges;
  private final String realm;
  private final String errorUri;
  private final Set<String> publicPaths;
  private final Set<String> allowedOrigins;
  private final Duration clockSkew;
  private final int maxTokenLength;
  private final int maxBodySize;
  private final int bodyMemory;
  private final int tokenCacheSize;
  private final List<RevocationList> revocationLists;

  private final boolean strictCredentials;
  private final int failureLimit;
  private final boolean jmx;
  private final boolean selfCheck;
  private final boolean strictStart;
  private final boolean forwardedHeader;
  private final boolean legacyAsMirror;
  private final boolean allowPrivateAddresses;
  private final boolean allowHttpOnLoopback;
  private final List<DecisionListener> listeners;
  private final Clock clock;
  private final Optional<TokenValidator> tokenValidator;
  private final SenderConstraints senderConstraints;
  private final Hardening hardening;
  private final SessionRules sessions;
  private final Optional<SharedStore> sharedStore;
  private final List<String> relaxations;

  ResourceServerConfig(
      ConfigBuilder builder,
      List<ProtectedResource> resources,
      TrustedIssuers issuers,
      Optional<ProtectedResource> rootDocument,
      SenderConstraints senderConstraints) {
    this.mode = builder.mode;
    this.onStartupFailure = builder.onStartupFailure;
    this.unguardedPorts = Set.copyOf(builder.unguardedPorts);
    this.tokenPassthrough = builder.tokenPassthrough;
    this.resources = List.copyOf(resources);
    this.issuers = List.copyOf(issuers.all());
    this.jwtIssuers = issuers.ofJwts();
    this.opaqueTokens = List.copyOf(issuers.opaqueTokens());
    this.introspectedTools = List.copyOf(issuers.introspectedTools());
    this.rootDocument = rootDocument;
    this.toolChallenges = builder.toolChallenges;
    this.realm = builder.realm;
    this.errorUri = builder.errorUri;
    this.publicPaths = Set.copyOf(builder.publicPaths);
    this.allowedOrigins = Set.copyOf(builder.allowedOrigins);
    this.clockSkew = builder.clockSkew;
    this.maxTokenLength = builder.maxTokenLength;
    this.maxBodySize = builder.maxBodySize;
    this.bodyMemory = builder.bodyMemory;
    this.tokenCacheSize = builder.tokenCacheSize;
    this.revocationLists = List.copyOf(builder.revocationLists);

    this.strictCredentials = builder.strictCredentials;
    this.failureLimit = builder.failureLimit;
    this.jmx = builder.jmx;
    this.selfCheck = builder.selfCheck;
    this.strictStart = builder.strictStart;
    this.forwardedHeader = builder.forwardedHeader;
    this.legacyAsMirror = builder.legacyAsMirror;
    this.allowPrivateAddresses = builder.allowPrivateAddresses;
    this.allowHttpOnLoopback = builder.allowHttpOnLoopback;
    this.listeners = List.copyOf(builder.listeners);
    this.clock = builder.clock;
    this.tokenValidator = Optional.ofNullable(builder.tokenValidator);
    this.senderConstraints = senderConstraints;
    this.hardening = builder.hardening().build(senderConstraints.certificateHeader());
    this.sessions = builder.sessions().build();
    this.sharedStore = Optional.ofNullable(builder.sharedStore);
    this.relaxations = Relaxations.of(builder, this.resources, issuers);
  }

  /**
   * Begins a configuration in code. No file, property or variable is read.
   *
   * @param resource the resource identifier
   * @return the builder
   */
  public static ConfigBuilder builder(String resource) {
    ConfigBuilder builder = new ConfigBuilder();
    builder.primaryResource().resource(resource);
    return builder;
  }

  /**
   * Reads a configuration from settings.
   *
   * @param sources the sources, the strongest first
   * @return the configuration
   * @throws ConfigException with every problem
   */
  public static ResourceServerConfig read(List<SettingSource> sources) {
    return builder(sources).build();
  }

  /**
   * Reads settings into a builder, to which code can add what no setting can say.
   *
   * @param sources the sources, the strongest first
   * @return the builder; problems are thrown by {@link ConfigBuilder#build}
   */
  public static ConfigBuilder builder(List<SettingSource> sources) {
    ConfigBuilder builder = new ConfigBuilder();
    new ConfigReader(builder, builder.problems()).read(sources);
    return builder;
  }

  /**
   * What the kit does with its decisions.
   *
   * @return enforce, unless configured otherwise
   */
  public Mode mode() {
    return mode;
  }

  /**
   * What the agent does about a server that it cannot guard.
   *
   * @return exit, unless configured
   */
  public StartupFailure onStartupFailure() {
    return onStartupFailure;
  }

  /**
   * The ports that may listen although the agent does not know what opens them.
   *
   * @return an unmodifiable set; empty unless configured
   */
  public Set<Integer> unguardedPorts() {
    return unguardedPorts;
  }

  /**
   * What the agent does about an access token of a client that the application sends on.
   *
   * @return off, unless configured
   */
  public TokenPassthrough tokenPassthrough() {
    return tokenPassthrough;
  }

  /**
   * The resources, the primary one first.
   *
   * @return at least one
   */
  public List<ProtectedResource> resources() {
    return resources;
  }

  /**
   * The authorization servers, the preferred one first.
   *
   * @return at least one
   */
  public List<TrustedIssuer> issuers() {
    return issuers;
  }

  /**
   * The authorization servers whose JWTs are accepted.
   *
   * @return those of {@link #issuers} that do not make opaque tokens only
   */
  public List<TrustedIssuer> jwtIssuers() {
    return jwtIssuers;
  }

  /**
   * The authorization server whose opaque tokens are accepted, and how it is asked about them.
   *
   * @return at most one
   */
  public List<OpaqueTokens> opaqueTokens() {
    return opaqueTokens;
  }

  /**
   * The tools for whose calls an authorization server is asked about JWTs as well.
   *
   * @return at most one for each authorization server
   */
  public List<IntrospectedTools> introspectedTools() {
    return introspectedTools;
  }

  /**
   * In which form the call of a tool is told that it needs another token.
   *
   * @return by status and challenge, unless configured otherwise
   */
  public ToolChallenges toolChallenges() {
    return toolChallenges;
  }

  /**
   * The realm of challenges.
   *
   * @return one word; empty for none
   */
  public String realm() {
    return realm;
  }

  /**
   * The page about errors.
   *
   * @return an absolute URL; empty for none
   */
  public String errorUri() {
    return errorUri;
  }

  /**
   * The paths that need no token.
   *
   * @return exact raw paths, and prefixes that end in a slash
   */
  public Set<String> publicPaths() {
    return publicPaths;
  }

  /**
   * The origins whose pages may call the server, beside those of the resources.
   *
   * @return serialised origins (RFC 6454 section 6.1)
   */
  public Set<String> allowedOrigins() {
    return allowedOrigins;
  }

  /**
   * The tolerance on the times of a token.
   *
   * @return zero to five minutes
   */
  public Duration clockSkew() {
    return clockSkew;
  }

  /**
   * The greatest length of a token.
   *
   * @return characters, inclusive
   */
  public int maxTokenLength() {
    return maxTokenLength;
  }

  /**
   * The greatest size of a body that is read for a rule.
   *
   * @return bytes, inclusive
   */
  public int maxBodySize() {
    return maxBodySize;
  }

  /**
   * How much of bodies is kept at the same time while they are read for a rule.
   *
   * @return bytes, inclusive
   */
  public int bodyMemory() {
    return bodyMemory;
  }

  /**
   * How much memory accepted tokens may take that need not be verified again.
   *
   * @return bytes; 0 for none
   */
  public int tokenCacheSize() {
    return tokenCacheSize;
  }

  /**
   * The lists of revoked tokens.
   *
   * @return the lists in their order
   */
  public List<RevocationList> revocationLists() {
    return revocationLists;
  }

  /**
   * Whether doubtful credentials are answered 400.
   *
   * @return false, unless configured otherwise
   */
  public boolean strictCredentials() {
    return strictCredentials;
  }

  /**
   * How many requests with bad credentials one source may send a minute.
   *
   * @return 0 for no limit
   */
  public int failureLimit() {
    return failureLimit;
  }

  /**
   * Whether trusted proxies write {@code Forwarded} instead of {@code X-Forwarded-For}.
   *
   * @return false, unless configured otherwise
   */
  public boolean forwardedHeader() {
    return forwardedHeader;
  }

  /**
   * Whether decisions are counted and shown through JMX.
   *
   * @return false, unless configured otherwise
   */
  public boolean jmx() {
    return jmx;
  }

  /**
   * Whether the server looks at itself.
   *
   * @return true, unless configured otherwise
   */
  public boolean selfCheck() {
    return selfCheck;
  }

  /**
   * Whether nothing is served as long as the self-check has found an error.
   *
   * @return false, unless configured otherwise
   */
  public boolean strictStart() {
    return strictStart;
  }

  /**
   * Whether the first authorization server's metadata is mirrored.
   *
   * @return false, unless configured otherwise
   */
  public boolean legacyAsMirror() {
    return legacyAsMirror;
  }

  /**
   * The resource that the document without a path is about.
   *
   * @return empty if there is no such document
   */
  public Optional<ProtectedResource> rootDocument() {
    return rootDocument;
  }

  /**
   * Whether an authorization server may have a private address.
   *
   * @return false, unless configured otherwise
   */
  public boolean allowPrivateAddresses() {
    return allowPrivateAddresses;
  }

  /**
   * Whether plain http is allowed on the loopback.
   *
   * @return false, unless configured otherwise
   */
  public boolean allowHttpOnLoopback() {
    return allowHttpOnLoopback;
  }

  /**
   * Who is told of decisions.
   *
   * @return the listeners in their order
   */
  public List<DecisionListener> listeners() {
    return listeners;
  }

  /**
   * The clock.
   *
   * @return the system's, unless set
   */
  public Clock clock() {
    return clock;
  }

  /**
   * The judge of tokens that takes the place of the kit's own.
   *
   * @return empty, unless set
   */
  public Optional<TokenValidator> tokenValidator() {
    return tokenValidator;
  }

  /**
   * How access tokens are bound to their clients.
   *
   * @return all off, unless configured otherwise
   */
  public SenderConstraints senderConstraints() {
    return senderConstraints;
  }

  /**
   * What is kept from the application.
   *
   * @return fields for identities and the verified token, unless configured otherwise
   */
  public Hardening hardening() {
    return hardening;
  }

  /**
   * Whose sessions are, and how long streams last.
   *
   * @return sessions are bound and streams that only listen end, unless configured otherwise
   */
  public SessionRules sessions() {
    return sessions;
  }

  /**
   * The memory that all nodes of the server share.
   *
   * @return empty, unless set: each node then remembers for itself
   */
  public Optional<SharedStore> sharedStore() {
    return sharedStore;
  }

  /**
   * Every relaxation that is on, as an operator has to know it.
   *
   * @return one entry each; empty for a strict configuration
   */
  public List<String> relaxations() {
    return relaxations;
  }

  /**
   * What the configuration should not have although nothing forbids it, for a line in the log.
   *
   * @return one sentence each; empty if there is nothing to say
   */
  public List<String> advice() {
    return Advice.of(resources, senderConstraints);
  }

  /**
   * The configuration on one line: what it protects, and every relaxation.
   *
   * @return no secret
   */
  @Override
  public String toString() {
    return "ResourceServerConfig[resources="
        + resources.stream().map(ProtectedResource::identifier).toList()
        + ", issuers="
        + issuers.stream().map(TrustedIssuer::issuer).toList()
        + ", relaxations="
        + relaxations
        + "]";
  }
}
