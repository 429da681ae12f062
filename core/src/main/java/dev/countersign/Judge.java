package dev.countersign;

import dev.countersign.config.ProtectedResource;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.mcp.JsonRpcBody;
import dev.countersign.oauth.AuthScheme;
import dev.countersign.oauth.Credentials;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.oauth.Scope;
import dev.countersign.spi.Exchange;
import dev.countersign.spi.SharedStore;
import dev.countersign.spi.TokenValidator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decides about an exchange: credentials, then the token and its binding, then the operation. */
final class Judge {

  private static final Pattern QUERY_TOKEN = Pattern.compile("(^|&)access_token=");

  // What discovery needs of a document (RFC 8414 section 3.1).
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private final TokenValidator validator;
  private final PublicPaths publicPaths;
  private final Set<String> leftToApplication;
  private final int maxTokenLength;
  private final boolean strictCredentials;
  private final Set<AuthScheme> schemes;
  private final SenderConstraint constraint;
  private final OperationJudge operations;
  private final MixedMode mixedMode;
  private final HiddenCalls hiddenCalls;
  private final Lists lists;
  private final StepUpChallenges stepUp;
  private final RequestSources sources;
  private final Leases leases;

  Judge(
      ResourceServerConfig config,
      TokenValidator validator,
      IntrospectedCalls introspected,
      SharedStore store,
      Answers answers,
      Leases leases) {
    this.leases = leases;
    this.validator = validator;
    this.schemes = SenderConstraint.schemes(config.senderConstraints());
    this.constraint = new SenderConstraint(config, store);
    this.sources = RequestSources.of(config);
    this.operations = new OperationJudge(config, introspected, sources);
    this.hiddenCalls = new HiddenCalls(config, operations::body);
    this.lists = new Lists(config, operations::body);
    this.mixedMode = new MixedMode(operations);
    this.stepUp = new StepUpChallenges(answers);
    this.publicPaths = new PublicPaths(config.publicPaths(), config.resources());
    this.leftToApplication = WellKnown.leftToApplication(config);
    this.maxTokenLength = config.maxTokenLength();
    this.strictCredentials = config.strictCredentials();
  }

  /**
   * What judges the token of an exchange.
   *
   * @return the validator, which may block
   */
  TokenValidator validator() {
    return validator;
  }

  /** What the body of an exchange calls, read within the limits of all bodies. */
  JsonRpcBody body(Exchange exchange) {
    return operations.body(exchange);
  }

  /**
   * What judges the token of an exchange without asking anybody.
   *
   * @return empty if something in judging the exchange may block
   */
  Optional<TokenValidator> knowing(Exchange exchange, ProtectedResource resource) {
    Credentials credentials = credentials(exchange);
    if (!(credentials instanceof Credentials.Presented presented)) {
      return mixedMode.readsBody(exchange, resource) ? Optional.empty() : Optional.of(validator);
    }
    // A proof is a signature to verify, and its identifier may be kept elsewhere.
    if (presented.scheme() == AuthScheme.DPOP
        || operations.readsBody(exchange, resource)
        || hiddenCalls.mayReadBody(resource)
        || leases.mayBlock(exchange)) {
      return Optional.empty();
    }
    return validator
        .known(presented.token(), resource.identifier())
        .map(decision -> (token, same) -> decision);
  }

  private Credentials credentials(Exchange exchange) {
    return exchange instanceof ReadExchange known
        ? known.credentials(this::credentials)
        : credentials(exchange.headers("Authorization"));
  }

  private Credentials credentials(List<String> lines) {
    return Credentials.from(lines, maxTokenLength, schemes);
  }

  /**
   * Throws nothing else: what cannot be judged is undecided, which nobody admits.
   *
   * @param tokens judges the token, if there is one
   * @throws BodyAwaitedException if it has to begin again, with the same exchange
   */
  Judgement decide(Exchange exchange, Resources.Selected selected, TokenValidator tokens) {
    try {
      Judgement judgement = judge(exchange, selected, tokens);
      return judgement.admits() && !isPublic(exchange)
          ? leases
              .refusal(exchange, judgement.decision())
              .map(refusal -> new Judgement(refusal, judgement.fields()))
              .orElseGet(() -> lists.filtered(judgement, exchange, selected.resource()))
          : judgement;
    } catch (BodyAwaitedException e) {
      throw e;
    } catch (Throwable e) {
      return Judgement.of(new Decision.Undecided("judging failed with " + e.getClass().getName()));
    }
  }

  private Judgement judge(Exchange exchange, Resources.Selected selected, TokenValidator tokens) {
    Credentials credentials = credentials(exchange);
    boolean isPublic = isPublic(exchange);
    if (!(credentials instanceof Credentials.Presented presented)) {
      return Judgement.of(notPresented(credentials, exchange, selected, isPublic));
    }
    if (strictCredentials && hasTokenInQuery(exchange.query())) {
      return Judgement.of(
          new Decision.Denied(Denial.MALFORMED_CREDENTIALS, "a token in the query as well"));
    }
    Supplier<Judgement> ofToken = () -> token(exchange, presented, selected.resource(), tokens);
    Judgement judgement =
        exchange instanceof ReadExchange known ? known.token(ofToken) : ofToken.get();
    if (isPublic || !(judgement.decision() instanceof Decision.Granted granted)) {
      return judgement;
    }
    Decision decision =
        selected.certain()
            ? operation(exchange, presented, selected.resource(), granted)
            : new Decision.Denied(Denial.NO_SUCH_RESOURCE, "");
    return decision instanceof Decision.Granted
        ? judgement
        : new Judgement(decision, judgement.fields());
  }

  private Decision operation(
      Exchange exchange,
      Credentials.Presented presented,
      ProtectedResource resource,
      Decision.Granted granted) {
    Decision decision = operations.judge(exchange, presented, resource, granted);
    return stepUp.widened(
        hiddenCalls.hide(decision, exchange, resource, granted),
        granted.accessToken().scope(),
        resource,
        exchange.headers("MCP-Protocol-Version"));
  }

  private Decision notPresented(
      Credentials credentials, Exchange exchange, Resources.Selected selected, boolean isPublic) {
    if (!(credentials instanceof Credentials.Absent absent)) {
      return denied(((Credentials.Rejected) credentials).why(), selected.resource(), "");
    }
    if (isPublic) {
      return new Decision.Open();
    }
    Optional<Decision> mixed =
        selected.certain() ? mixedMode.decide(exchange, selected.resource()) : Optional.empty();
    return mixed.orElseGet(() -> absent(absent, selected.resource()));
  }

  /** Whether the exchange needs no token, wherever the application takes it to. */
  boolean isPublic(Exchange exchange) {
    return publicPaths.contains(exchange.path())
        || (leftToApplication.contains(exchange.path()) && READING.contains(exchange.method()));
  }

  private Decision absent(Credentials.Absent absent, ProtectedResource resource) {
    return strictCredentials && absent.schemeAlone()
        ? new Decision.Denied(Denial.MALFORMED_CREDENTIALS, "the scheme alone")
        : denied(Denial.NO_CREDENTIALS, resource, "");
  }

  // A grant of the validator is none before the binding of the token has been proven.
  private Judgement token(
      Exchange exchange,
      Credentials.Presented presented,
      ProtectedResource resource,
      TokenValidator tokens) {
    Decision decision =
        tokens.validate(presented.token(), resource.identifier(), () -> sources.of(exchange));
    Judgement judgement =
        decision instanceof Decision.Granted granted
            ? constraint.check(exchange, presented, granted, resource.identifier())
            : Judgement.of(decided(decision));
    return judgement.decision() instanceof Decision.Denied denied
        ? new Judgement(denied(denied.why(), resource, denied.detail()), judgement.fields())
        : judgement;
  }

  private static Decision decided(@Nullable Decision decision) {
    if (decision == null) {
      return new Decision.Undecided("the token validator gave no decision");
    }
    return decision instanceof Decision.Open
        ? new Decision.Undecided("the token validator opened a path, which is not its business")
        : decision;
  }

  // The answer to a bad token names what the answer to no token names, so that a client can start
  // from it.
  static Decision denied(Denial why, ProtectedResource resource, String detail) {
    return new Decision.Denied(
        why, why.status() == 401 ? resource.announced() : Scope.NONE, detail);
  }

  static boolean hasTokenInQuery(String query) {
    return !query.isEmpty() && QUERY_TOKEN.matcher(query).find();
  }
}
