package dev.countersign;

import dev.countersign.config.ConfigException;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.http.FieldLine;
import dev.countersign.http.Response;
import dev.countersign.oauth.AccessToken;
import dev.countersign.oauth.Scope;
import dev.countersign.spi.Exchange;
import dev.countersign.spi.Finding;
import dev.countersign.spi.Lease;
import dev.countersign.spi.Passthrough;
import dev.countersign.spi.Repair;
import dev.countersign.spi.ResponseHead;
import dev.countersign.spi.Revocation;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The engine: answers an exchange, or admits it to the application.
 *
 * <pre>
 * ResourceServer server = ResourceServer.create(config);
 * if (server.admit(exchange)) {
 *   application.handle(request, response);
 * }
 * </pre>
 *
 * <p>Thread-safe. It may block for one fetch of keys, or of the document that {@code
 * legacy-as-mirror} serves.
 */
public final class ResourceServer implements AutoCloseable {

  private static final Logger LOG = System.getLogger("dev.countersign");

  // The engine of the newest configuration. Each request reads it once and stays with what it has
  // read.
  private volatile Engine current;

  // One change at a time; it may wait for an authorization server.
  private final Lock change = new ReentrantLock();
  private boolean closed;

  private ResourceServer(ResourceServerConfig config) {
    Engine first = Engine.create(config, Optional.empty(), this::showFindings);
    this.current = first;
    first.takeOver();
    showFindings();
  }

  private static final Response UNAVAILABLE =
      Response.json(
          503,
          List.of(
              new FieldLine("Retry-After", "5"),
              new FieldLine("Cache-Control", "no-store"),
              new FieldLine("X-Content-Type-Options", "nosniff")),
          "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":503,\"message\":\"The request"
              + " cannot be judged at the moment\"}}");

  /**
   * The answer of an attachment that has no engine yet, or one that threw: nobody passes unjudged.
   *
   * @return 503 with {@code Retry-After}, without a challenge
   */
  public static Response unavailable() {
    return UNAVAILABLE;
  }

  /**
   * Makes an engine. No connection is opened before the first token arrives.
   *
   * @param config the configuration
   * @return the engine; close it with the application
   */
  public static ResourceServer create(ResourceServerConfig config) {
    return new ResourceServer(config);
  }

  /**
   * Goes on with another configuration, all of it or nothing: if it has a problem, the problem is
   * logged and the old configuration stays. What was revoked on this node stays revoked; keys are
   * fetched anew. A request that waits for the authorization server at this very moment is answered
   * 503 with {@code Retry-After}. What {@link #startCheck} has asked is asked again; with {@code
   * strict-start} an error is a problem of the new configuration. Changes follow one another, and
   * after {@link #close} there are none.
   *
   * @param configuration reads the new configuration; may throw
   * @return whether it holds now
   */
  public boolean reload(Supplier<ResourceServerConfig> configuration) {
    change.lock();
    try {
      return !closed && change(configuration);
    } finally {
      change.unlock();
    }
  }

  private boolean change(Supplier<ResourceServerConfig> configuration) {
    Engine old = current;
    Engine made;
    try {
      made = Engine.create(configuration.get(), Optional.of(old), this::showFindings);
    } catch (ConfigException e) {
      LOG.log(Level.ERROR, "the configuration stays as it is; the new one: {0}", e.getMessage());
      return false;
    } catch (RuntimeException e) {
      // The message could hold a secret.
      String what = e.getClass().getName();
      LOG.log(Level.ERROR, "the configuration stays as it is; reading the new one: {0}", what);
      return false;
    }
    if (old.isStartChecked()) {
      made.checkStart();
    }
    if (made.selfCheck().isRefusing()) {
      LOG.log(Level.ERROR, "the configuration stays as it is; the new one has errors");
      made.endWork(Optional.of(old));
      showFindings();
      return false;
    }
    made.takeOver();
    current = made;
    showFindings();
    old.endWork(Optional.of(made));
    return true;
  }

  /**
   * Asks each authorization server for its metadata and keys, on a thread of its own, and reports
   * what does not fit: another issuer (RFC 8414 section 3.3), no key set, nothing that lets clients
   * log in. With {@code strict-start} it blocks until that is done, at most some seconds for each
   * authorization server. Does nothing with {@code self-check=false}. It can be called again.
   */
  public void startCheck() {
    current.checkStart();
  }

  // Those of the engine that serves: of one that is no more, or not yet, nobody wants to know.
  private void showFindings() {
    Engine now = current;
    now.counters().show(now.selfCheck().findings());
  }

  /**
   * Calls this very server through the loopback, without a token: each resource has to answer 401
   * with its challenge, and its metadata has to be where the challenge says. What is not so is
   * reported. For attachments, on a thread that may wait two seconds for each of these calls. They
   * follow no redirect, send nothing secret, and are no decisions for listeners and counters. Does
   * nothing with {@code self-check=false}.
   *
   * @param server where this server listens, on an address of this machine; what was found at the
   *     same port before is replaced
   * @param contextPath the path below which the attachment stands; empty for the whole server
   */
  public void probe(InetSocketAddress server, String contextPath) {
    current.probe(server, contextPath);
  }

  /**
   * Reports what an attachment cannot do where it stands, in place of what it has reported before.
   *
   * @param findings what it is
   */
  public void attached(List<Finding> findings) {
    current.report(SelfCheck.Part.ATTACHMENT, findings);
  }

  /**
   * What the self-check has found, for a health endpoint: about the settings; about the
   * authorization servers, as they were when {@link #startCheck} asked; about the place of the
   * attachment; and about this server's own answers.
   *
   * @return the findings that stand, unmodifiable; empty if all is well or nothing was checked
   */
  public List<Finding> findings() {
    return current.selfCheck().findings();
  }

  /**
   * Whether nothing is served, because {@code strict-start} is on and there is an error among the
   * {@linkplain #findings findings}. Every request is answered 503 then.
   *
   * @return false, unless so configured
   */
  public boolean isRefusing() {
    return current.selfCheck().isRefusing();
  }

  /**
   * Makes access tokens no good before they expire, a logout for instance: from the next request on
   * they are answered 401 with {@code invalid_token}, on every node that shares the store, and
   * streams that they have opened end, on other nodes within a minute. The session is the right
   * claim for a logout; a revoked user or client stays so for its next tokens as well.
   *
   * @param revocation which tokens
   * @param life for how long; at least as long as such tokens live
   * @throws IllegalArgumentException if the life is not more than zero
   * @throws dev.countersign.spi.StoreUnavailableException if the store is out of reach or full:
   *     nothing was revoked
   */
  public void revoke(Revocation revocation, Duration life) {
    current.revoke(revocation, life);
  }

  /**
   * Takes a revocation back.
   *
   * @param revocation what was revoked; nothing happens if it was not
   */
  public void restore(Revocation revocation) {
    current.revocations().remove(revocation);
  }

  /**
   * The configuration of this engine.
   *
   * @return the one it was made from, or the one that was loaded last
   */
  public ResourceServerConfig config() {
    return current.config();
  }

  /**
   * Answers the exchange, or admits it. In repair mode only requests for metadata are answered; the
   * application judges the others.
   *
   * @param exchange the request and the way to its response
   * @return true when the application must handle it now; false when it has been answered
   * @throws IOException if the answer cannot be written
   */
  public boolean admit(Exchange exchange) throws IOException {
    return current.admissions().admit(exchange);
  }

  /**
   * Answers the exchange, or admits it, as {@link #admit(Exchange)} does, but waits for no {@link
   * dev.countersign.spi.ArrivingBody}: while it arrives no thread is taken, and a client that is
   * too slow, or sends nothing, is answered 408. For everything else the caller may have to wait.
   *
   * @param exchange the request and the way to its response; used on the thread of the caller, and
   *     then on one of the others
   * @param threads go on when the body is there; may block. An exchange that they reject is {@link
   *     #unjudged}
   * @return as from {@link #admit(Exchange)}; completed exceptionally with what it throws
   */
  public CompletableFuture<Boolean> admit(Exchange exchange, Executor threads) {
    return current.admissions().admit(exchange, threads);
  }

  /**
   * Answers the exchange, or admits it, if that is possible without asking anybody: there are no
   * credentials, or a token that was judged a moment ago, and no rule that has to read the body.
   * Never blocks, so that an event loop can call it.
   *
   * @param exchange the request and the way to its response
   * @return as from {@link #admit(Exchange)}; empty if nothing has been done, and {@link
   *     #admit(Exchange)} has to be called on a thread that may block
   * @throws IOException if the answer cannot be written
   */
  public Optional<Boolean> admitAtOnce(Exchange exchange) throws IOException {
    return current.admissions().admitAtOnce(exchange);
  }

  /**
   * What becomes of an exchange for whose judgement there is no thread: it is answered 503. In
   * report-only mode it is admitted, because that refuses nothing.
   *
   * @param exchange the request and the way to its response
   * @return as from {@link #admit(Exchange)}
   * @throws IOException if the answer cannot be written
   */
  public boolean unjudged(Exchange exchange) throws IOException {
    return current.admissions().unjudged(exchange);
  }

  /**
   * Makes sure of a scope while a request is handled, as {@link AccessToken#requireScopes} does,
   * but a broader scope stands for what it implies by the configuration.
   *
   * @param token the token of the request
   * @param tokens every scope-token that the operation needs
   * @throws dev.countersign.oauth.InsufficientScopeException if one is missing
   * @throws IllegalArgumentException if one is no scope-token
   */
  public void requireScopes(AccessToken token, String... tokens) {
    current.raisedDenials().require(token, Scope.of(tokens));
  }

  /**
   * The answer to a request whose application has found that the token has too little scope, for an
   * attachment that catches {@link dev.countersign.oauth.InsufficientScopeException}: 403 with a
   * challenge that names the needed scope, and what the token has.
   *
   * @param request the request; its method, path and fields are read
   * @param needed every scope-token that the operation needs
   * @param held the scope of the token; {@link Scope#NONE} if it is not known
   * @return what to write; nothing of it has been sent
   */
  public Response refusal(Exchange request, Scope needed, Scope held) {
    return current.admissions().refusal(request, needed, held);
  }

  /**
   * The same as the result of a tool, where the application cannot leave the answer to the
   * attachment: MCP SDKs catch what a tool throws, and may have begun the response. No listener is
   * told.
   *
   * @param token the token of the request
   * @param needed every scope-token that the operation needs
   * @return what the result has to hold
   */
  public ToolDenial toolDenial(AccessToken token, Scope needed) {
    return current.raisedDenials().ofTool(token, needed);
  }

  /**
   * Puts the fields of the application's response right, just before its head leaves: a 401 gets
   * the challenge that it lacks, a challenge that is there becomes one that every client reads,
   * with all that the application knew, and pages of allowed origins can read it. The status stays
   * as it is, so that no refusal becomes an admission. In report-only mode nothing is changed, but
   * told.
   *
   * <p>Shows the head to the {@linkplain Exchange#lease lease} of the request as well, so that a
   * session belongs to whoever began it and a stream ends with its token.
   *
   * <p>Does nothing to a response that this engine has sent, nor when it is called again. Never
   * throws. Costs a look at a few fields if there is nothing to do.
   *
   * @param request the request; its method, path, query and fields are read, once more
   * @param head the head of the response
   */
  public void complete(Exchange request, ResponseHead head) {
    Lease lease = request.lease();
    lease.begin(head);
    if (lease instanceof AdmittedLease admitted) {
      admitted.headLeaves();
    }
    report(mend(request, head));
  }

  /**
   * The first half of {@link #complete}, for an attachment that cannot know when the head leaves
   * and therefore puts it right after every change.
   *
   * @param request the request
   * @param head the head as the application wrote it
   * @return what was put right, to be {@linkplain #report reported} once the head cannot change any
   *     more
   */
  public List<Repair> mend(Exchange request, ResponseHead head) {
    return current.mend(request, head);
  }

  /**
   * The second half of {@link #complete}: counts the repairs, tells the listeners, and logs each
   * kind of repair once.
   *
   * @param done what was put right
   */
  public void report(List<Repair> done) {
    done.forEach(current.repairLog()::note);
  }

  /**
   * How many fields of responses were put right, or would have been.
   *
   * @return a count since this engine was made
   */
  public long repairCount() {
    return current.repairLog().count();
  }

  /**
   * Takes note of an access token of a client that the application was about to send on: counts it,
   * tells the listeners, and logs each pair of client and host once.
   *
   * @param passthrough where it was to go
   */
  public void report(Passthrough passthrough) {
    current.passthroughLog().note(passthrough);
  }

  /**
   * How many access tokens of clients were about to be sent on.
   *
   * @return a count since this engine was made
   */
  public long passthroughCount() {
    return current.passthroughLog().count();
  }

  /** Looks for streams that have to end, as it is done once a second anyway. */
  void endStreams() {
    current.streams().tick();
  }

  /** Ends background work, and every open stream. Afterwards every token is answered 503. */
  @Override
  public void close() {
    change.lock();
    try {
      closed = true;
      Engine now = current;
      now.streams().close();
      now.counters().close();
      now.endWork(Optional.empty());
    } finally {
      change.unlock();
    }
  }
}
