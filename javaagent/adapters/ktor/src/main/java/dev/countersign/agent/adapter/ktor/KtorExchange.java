package dev.countersign.agent.adapter.ktor;

import dev.countersign.agent.runtime.DeferredExchange;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Principals;
import dev.countersign.http.FieldLine;
import dev.countersign.http.Response;
import dev.countersign.spi.AddressLiteral;
import dev.countersign.spi.ArrivingBody;
import dev.countersign.spi.Lease;
import dev.countersign.spi.ReplayableBody;
import io.ktor.http.RequestConnectionPoint;
import io.ktor.server.application.ApplicationCall;
import io.ktor.server.engine.BaseApplicationCall;
import io.ktor.server.engine.BaseApplicationResponse;
import io.ktor.util.AttributeKey;
import io.ktor.utils.io.ByteWriteChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlinx.coroutines.Job;
import kotlinx.coroutines.JobKt;
import org.jspecify.annotations.Nullable;

/**
 * An exchange of Ktor, kept at its call. What the engine says is kept until the coroutine of the
 * call does it with {@link #proceed} or {@link #answer}.
 */
final class KtorExchange extends DeferredExchange {

  private static final AttributeKey<KtorExchange> KEY =
      new AttributeKey<>("dev.countersign.exchange");
  private static final AttributeKey<Object> CLAIMS = new AttributeKey<>(Principals.ATTRIBUTE);

  // Of CIO, where one response of the connection is written to.
  private static final PrivateField OUTPUT = new PrivateField("output");

  private static final String NETTY = "io.ktor.server.netty.";

  private final BaseApplicationCall call;
  private final RequestConnectionPoint local;
  private final RequestBody body;
  private final CoroutineContext context;

  KtorExchange(BaseApplicationCall call, CoroutineContext context) {
    // What the connection says; origin is what a plugin may have taken from fields.
    super(call.getRequest().getLocal().getUri());
    this.call = call;
    this.context = context;
    this.local = call.getRequest().getLocal();
    this.body = new RequestBody(call.getRequest(), context);
    call.getAttributes().put(KEY, this);
  }

  /** The exchange of a call that was judged. */
  static Optional<KtorExchange> of(ApplicationCall call) {
    return Optional.ofNullable(call.getAttributes().getOrNull(KEY));
  }

  BaseApplicationCall call() {
    return call;
  }

  @Override
  public String method() {
    return local.getMethod().getValue();
  }

  @Override
  public List<String> headers(String name) {
    List<String> lines = call.getRequest().getHeaders().getAll(name);
    return lines == null ? List.of() : lines;
  }

  @Override
  public Optional<String> authority() {
    Optional<String> pseudo = isOnNetty() ? NettyCall.authority(call) : Optional.empty();
    return pseudo.or(super::authority);
  }

  @Override
  public Optional<X509Certificate> clientCertificate() {
    // CIO ends no TLS.
    return isOnNetty() ? NettyCall.clientCertificate(call) : Optional.empty();
  }

  // By name: there may be no Netty.
  private boolean isOnNetty() {
    return call.getClass().getName().startsWith(NETTY);
  }

  @Override
  public Optional<InetAddress> peer() {
    return AddressLiteral.parse(local.getRemoteAddress());
  }

  @Override
  public Optional<ReplayableBody> body() {
    ArrivingBody arriving = body::gather;
    return Optional.of(arriving);
  }

  // Elsewhere a body leaves in no objects that somebody could look into.
  @Override
  public boolean filtersBodies() {
    return isOnNetty() && NettyCall.isHttp11(call);
  }

  /** Has the body of a response go through its filter, whose head is complete. */
  void filter(KtorHead head) {
    admission().bodyFilter().ifPresent(filter -> NettyCall.filter(call, filter, head.fields()));
  }

  /** There is no verdict. */
  void fail(Engine engine) {
    body.fail();
    try {
      engine.refuse(this);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The application takes over. */
  void proceed() {
    HiddenFields.hide(call.getRequest(), admission().hidden());
    admission().fields().forEach(this::append);
    token().ifPresent(token -> call.getAttributes().put(CLAIMS, token.claims()));
    if (lease() != Lease.NONE) {
      keep(lease());
    }
  }

  // Each call has a job of its own.
  private void keep(Lease lease) {
    Job job = JobKt.getJob(context);
    lease.onEnd(isOnNetty() ? () -> NettyCall.close(call) : () -> endOnCio(job));
    job.invokeOnCompletion(
        failure -> {
          lease.close();
          return Unit.INSTANCE;
        });
  }

  // The job cannot be cancelled as long as a thread of the application blocks; the connection ends
  // with a response that does not come to its end.
  private void endOnCio(Job job) {
    CancellationException cause = new CancellationException("the access token has ended");
    ((ByteWriteChannel) OUTPUT.get(call.getResponse())).cancel(cause);
    job.cancel(cause);
  }

  /** Writes what the engine has answered, as a suspending function does. */
  @Nullable Object answer(Continuation<?> continuation) {
    Response refusal = answer();
    refusal.fields().stream().filter(field -> !Answer.isLength(field)).forEach(this::append);
    return Answer.write(call, refusal, continuation);
  }

  /** Lets the connection go on to its next request, as a suspending function does. */
  @Nullable Object discardBody(Continuation<?> continuation) {
    return body.discard(local.getVersion(), continuation);
  }

  private void append(FieldLine field) {
    BaseApplicationResponse response = call.getResponse();
    response.getHeaders().append(field.name(), field.value(), false);
  }
}
