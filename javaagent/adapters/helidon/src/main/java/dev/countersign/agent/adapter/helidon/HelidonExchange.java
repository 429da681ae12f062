package dev.countersign.agent.adapter.helidon;

import dev.countersign.agent.runtime.MeteredBody;
import dev.countersign.agent.runtime.Principals;
import dev.countersign.http.FieldLine;
import dev.countersign.http.Response;
import dev.countersign.oauth.AccessToken;
import dev.countersign.spi.Admission;
import dev.countersign.spi.BodyAllowance;
import dev.countersign.spi.BodyFilter;
import dev.countersign.spi.Exchange;
import dev.countersign.spi.Lease;
import dev.countersign.spi.ReplayableBody;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** An exchange over Helidon's routing request and response, before its filters. */
final class HelidonExchange implements Exchange {

  /** The methods; found once for each class loader of a server. */
  static final class Methods {

    private static final String REQUEST = "webserver.http.ServerRequest";
    private static final String RESPONSE = "webserver.http.ServerResponse";

    private final Request.Methods ofRequest = new Request.Methods();
    private final Connection writing = new Connection();
    private final Hiding hiding = new Hiding(ofRequest);
    private final Operation authority = Operation.of(REQUEST, "authority");
    private final Operation prologue = Operation.of(REQUEST, "prologue");
    private final Operation headers = Operation.of(REQUEST, "headers");
    private final Operation peer = Operation.of(REQUEST, "remotePeer");
    private final Operation continueSent = Operation.of(REQUEST, "continueSent");
    private final Operation streamFilter =
        Operation.of(REQUEST, "streamFilter", UnaryOperator.class);
    private final Operation content = Operation.of(REQUEST, "content");
    private final Operation hasEntity = Operation.of("http.media.ReadableEntity", "hasEntity");
    private final Operation copy =
        Operation.of("http.media.ReadableEntity", "copy", Runnable.class);
    private final Operation stream = Operation.of("http.media.ReadableEntity", "inputStream");
    private final Operation context = Operation.of(REQUEST, "context");
    private final Operation register =
        Operation.of("common.context.Context", "register", Object.class, Object.class);
    private final Operation registerByType =
        Operation.of("common.context.Context", "register", Object.class);
    private final Operation status = Operation.of(RESPONSE, "status", int.class);
    private final Operation header = Operation.of(RESPONSE, "header", String.class, String[].class);
    private final Operation send = Operation.of(RESPONSE, "send", byte[].class);
    private final Operation sendNothing = Operation.of(RESPONSE, "send");

    // From 4.3 on.
    private final Optional<Operation> beforeSend =
        Operation.ifThere(RESPONSE, "beforeSend", Runnable.class);

    Optional<Operation> beforeSend() {
      return beforeSend;
    }
  }

  private final Methods methods;
  private final Object connection;
  private final Object request;
  private final Object response;
  private final Request head;
  private volatile Lease lease = Lease.NONE;
  private Optional<BodyFilter> filter = Optional.empty();

  HelidonExchange(Methods methods, Object connection, Object request, Object response) {
    this.methods = methods;
    this.connection = connection;
    this.request = request;
    this.response = response;
    this.head =
        new Request(
            methods.ofRequest,
            methods.prologue.on(request),
            methods.headers.on(request),
            methods.peer.on(request));
  }

  @Override
  public String method() {
    return head.method();
  }

  @Override
  public String path() {
    return head.path();
  }

  @Override
  public String query() {
    return head.query();
  }

  // HTTP/2, where it is no field; with HTTP/1.1 it is the Host line.
  @Override
  public Optional<String> authority() {
    return head.isHttp1() ? head.authority() : Optional.of((String) methods.authority.on(request));
  }

  @Override
  public List<String> headers(String name) {
    return head.headers(name);
  }

  @Override
  public Optional<X509Certificate> clientCertificate() {
    return head.clientCertificate();
  }

  @Override
  public Optional<InetAddress> peer() {
    return head.peer();
  }

  // Helidon would decode a content coding, and fail if it does not know it; the engine refuses such
  // a body by the field alone, unless it says that there is none.
  @Override
  public Optional<ReplayableBody> body() {
    boolean isPlain = headers("Content-Encoding").stream().allMatch("identity"::equalsIgnoreCase);
    MeteredBody metered = this::read;
    return Optional.of(isPlain ? metered : limit -> new byte[0]);
  }

  // The filter has to be there before the content is asked for the first time. A copy of the
  // content reads from the same connection, and leaves the content itself unread.
  private byte[] read(int limit, BodyAllowance allowance) throws IOException {
    Replay replay = new Replay();
    methods.streamFilter.on(request, replay);
    Object content = methods.content.on(request);
    if (methods.hasEntity.on(content).equals(false)) {
      return new byte[0];
    }
    // Otherwise only the content itself would say so.
    if (head.isHttp1() && methods.continueSent.on(request).equals(false)) {
      methods.writing.write(connection, "HTTP/1.1 100 Continue\r\n\r\n");
    }
    Runnable nothing = () -> {};
    Object copy = methods.copy.on(content, nothing);
    return replay.read((InputStream) methods.stream.on(copy), limit, allowance);
  }

  @Override
  public void send(Response answer) {
    methods.status.on(response, answer.status());
    write(answer.fields());
    if (answer.body().isEmpty()) {
      methods.sendNothing.on(response);
    } else {
      methods.send.on(response, (Object) answer.body().getBytes(StandardCharsets.UTF_8));
    }
  }

  // Only what is told before the head leaves can take its length away, and only the sinks of
  // HTTP/1.1 can be refused.
  @Override
  public boolean filtersBodies() {
    return methods.beforeSend.isPresent() && head.isHttp1();
  }

  /** What the body of the response has to go through. */
  Optional<BodyFilter> filter() {
    return filter;
  }

  @Override
  public Lease lease() {
    return lease;
  }

  @Override
  public void accept(Admission admission) {
    lease = admission.lease();
    if (lease != Lease.NONE) {
      end().ifPresent(lease::onEnd);
    }
    write(admission.fields());
    methods.hiding.hide(request, admission.hidden());
    filter = admission.bodyFilter();
    admission.accessToken().ifPresent(this::authenticate);
  }

  /** How the response ends from outside. */
  private Optional<? extends Runnable> end() {
    return head.isHttp1() ? ConnectionEnd.of(connection) : StreamReset.of(response);
  }

  private void authenticate(AccessToken token) {
    Object context = methods.context.on(request);
    methods.register.on(context, Principals.ATTRIBUTE, token.claims());
    methods.registerByType.on(context, new User(token.subject()));
  }

  // One call for all lines of a name: another one would take the place of the first.
  private void write(List<FieldLine> fields) {
    fields.stream()
        .map(FieldLine::name)
        .distinct()
        .forEach(
            name ->
                methods.header.on(
                    response,
                    name,
                    fields.stream()
                        .filter(field -> field.name().equals(name))
                        .map(FieldLine::value)
                        .toArray(String[]::new)));
  }
}
