package dev.countersign;

import dev.countersign.config.ProtectedResource;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.mcp.JsonRpcBody;
import dev.countersign.oauth.Credentials;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.oauth.Scope;
import dev.countersign.spi.Exchange;
import dev.countersign.spi.ReplayableBody;
import dev.countersign.spi.TokenValidator;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Decides about an exchange: credentials, then the token, then the scopes of the operation. */
final class Judge {

  // A body of these methods means nothing to an MCP server (RFC 9110 section 9.3).
  private static final Set<String> WITHOUT_BODY =
      Set.of("GET", "HEAD", "DELETE", "OPTIONS", "TRACE");

  private static final Pattern QUERY_TOKEN = Pattern.compile("(^|&)access_token=");

  // What discovery needs of a document (RFC 8414 section 3.1).
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  // As many digits as surely fit.
  private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");

  private final TokenValidator validator;
  private final PublicPaths publicPaths;
  private final Set<String> leftToApplication;
  private final int maxTokenLength;
  private final int maxBodySize;
  private final boolean strictCredentials;

  Judge(ResourceServerConfig config, TokenValidator validator) {
    this.validator = validator;
    this.publicPaths = new PublicPaths(config.publicPaths(), config.resources());
    this.leftToApplication = WellKnown.leftToApplication(config);
    this.maxTokenLength = config.maxTokenLength();
    this.maxBodySize = config.maxBodySize();
    this.strictCredentials = config.strictCredentials();
  }

  /** Never throws: what cannot be judged is undecided, which nobody admits. */
  Decision decide(Exchange exchange, Resources.Selected selected) {
    try {
      Decision decision = judge(exchange, selected);
      return decision == null
          ? new Decision.Undecided("the token validator gave no decision")
          : decision;
    } catch (Throwable e) {
      return new Decision.Undecided("judging failed with " + e.getClass().getName());
    }
  }

  private Decision judge(Exchange exchange, Resources.Selected selected) throws IOException {
    Credentials credentials = Credentials.from(exchange.headers("Authorization"), maxTokenLength);
    boolean isPublic = isPublic(exchange);
    if (credentials instanceof Credentials.Absent absent) {
      return isPublic ? new Decision.Open() : absent(absent, selected.resource());
    }
    if (credentials instanceof Credentials.Rejected rejected) {
      return denied(rejected.why(), selected.resource(), "");
    }
    if (strictCredentials && hasTokenInQuery(exchange.query())) {
      return new Decision.Denied(Denial.MALFORMED_CREDENTIALS, "a token in the query as well");
    }
    Decision decision = token((Credentials.Presented) credentials, selected.resource());
    if (isPublic || !(decision instanceof Decision.Granted granted)) {
      return decision;
    }
    return selected.certain()
        ? operation(exchange, selected.resource(), granted)
        : new Decision.Denied(Denial.NO_SUCH_RESOURCE, "");
  }

  private boolean isPublic(Exchange exchange) {
    return publicPaths.contains(exchange.path())
        || (leftToApplication.contains(exchange.path()) && READING.contains(exchange.method()));
  }

  private Decision absent(Credentials.Absent absent, ProtectedResource resource) {
    return strictCredentials && absent.schemeAlone()
        ? new Decision.Denied(Denial.MALFORMED_CREDENTIALS, "the scheme alone")
        : denied(Denial.NO_CREDENTIALS, resource, "");
  }

  private Decision token(Credentials.Presented presented, ProtectedResource resource) {
    Decision decision = validator.validate(presented.token(), resource.identifier());
    if (decision instanceof Decision.Open) {
      return new Decision.Undecided("the token validator opened a path, which is not its business");
    }
    return decision instanceof Decision.Denied denied
        ? denied(denied.why(), resource, denied.detail())
        : decision;
  }

  // The answer to a bad token names what the answer to no token names, so that a client can start
  // from it.
  private static Decision denied(Denial why, ProtectedResource resource, String detail) {
    return new Decision.Denied(
        why, why.status() == 401 ? resource.announced() : Scope.NONE, detail);
  }

  private Decision operation(
      Exchange exchange, ProtectedResource resource, Decision.Granted granted) throws IOException {
    Scope needed = resource.required();
    if (!resource.toolScopes().isEmpty() && !WITHOUT_BODY.contains(exchange.method())) {
      JsonRpcBody body = body(exchange);
      if (body instanceof JsonRpcBody.Refused refused) {
        return new Decision.Denied(refused.why(), "");
      }
      needed = needed.and(resource.toolScopes().required(((JsonRpcBody.Calls) body).calls()));
    }
    return granted.accessToken().scope().covers(needed)
        ? granted
        : new Decision.Denied(Denial.MISSING_SCOPE, needed, "");
  }

  private JsonRpcBody body(Exchange exchange) throws IOException {
    Optional<ReplayableBody> replayable = exchange.body();
    if (replayable.isEmpty()) {
      return new JsonRpcBody.Refused(Denial.BODY_UNREADABLE);
    }
    if (exchange.headers("Content-Length").stream().anyMatch(this::isTooLong)) {
      return new JsonRpcBody.Refused(Denial.BODY_TOO_LARGE);
    }
    byte[] content = replayable.get().read(maxBodySize + 1);
    return content.length > maxBodySize
        ? new JsonRpcBody.Refused(Denial.BODY_TOO_LARGE)
        : JsonRpcBody.read(
            exchange.headers("Content-Type"), exchange.headers("Content-Encoding"), content);
  }

  private boolean isTooLong(String contentLength) {
    return LENGTH.matcher(contentLength).matches() && Long.parseLong(contentLength) > maxBodySize;
  }

  static boolean hasTokenInQuery(String query) {
    return QUERY_TOKEN.matcher(query).find();
  }
}
