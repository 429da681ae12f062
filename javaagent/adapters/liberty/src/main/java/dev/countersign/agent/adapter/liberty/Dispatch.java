package dev.countersign.agent.adapter.liberty;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * What Liberty's dispatcher knows of one request: its {@code HttpDispatcherLink}. All of it is by
 * reflection over public methods: Liberty publishes no jar of these types, only its whole runtime.
 */
final class Dispatch {

  private static final String LINK = "ws.http.dispatcher.internal.channel.HttpDispatcherLink";
  private static final String HTTP1 = "com.ibm.ws.http.channel.internal.inbound.HttpInboundLink";
  private static final String REQUEST = "wsspi.http.HttpRequest";
  private static final String MESSAGE = "wsspi.http.channel.HttpRequestMessage";
  private static final String RESPONSE = "wsspi.http.HttpResponse";

  /** The methods; found once for each class loader of a server. */
  static final class Methods {

    private final Operation request = Operation.of(LINK, "getRequest");
    private final Operation method = Operation.of(REQUEST, "getMethod");
    private final Operation path = Operation.of(REQUEST, "getURI");
    private final Operation query = Operation.of(REQUEST, "getQuery");
    private final Operation headers = Operation.of(REQUEST, "getHeaders", String.class);
    private final Operation body = Operation.of(REQUEST, "getBody");
    private final KeptBody.Methods ofBody = new KeptBody.Methods();

    private final Operation response = Operation.of(LINK, "getResponse");
    private final Operation status = Operation.of(RESPONSE, "getStatus");
    private final Operation setStatus = Operation.of(RESPONSE, "setStatus", int.class);
    private final Operation fields = Operation.of(RESPONSE, "getHeaders", String.class);
    private final Operation add = Operation.of(RESPONSE, "addHeader", String.class, String.class);
    private final Operation remove = Operation.of(RESPONSE, "removeHeader", String.class);
    private final Operation out = Operation.of(RESPONSE, "getBody");
    private final Operation finish = Operation.of(LINK, "finish", Exception.class);

    private final Operation tls = Operation.of(LINK, "getSSLContext");
    private final Operation session = Operation.of("wsspi.http.SSLContext", "getSession");
    private final Operation tcp = Operation.of(LINK, "getTCPConnectionContext");
    private final Operation address =
        Operation.of("wsspi.tcpchannel.TCPConnectionContext", "getRemoteAddress");
    private final Operation connection = Operation.of(LINK, "getVC");
    private final Operation state =
        Operation.of("wsspi.channelfw.VirtualConnection", "getStateMap");

    private final Operation channel = Operation.of(LINK, "getHttpInboundLink");
    private final Operation context =
        Operation.of("wsspi.channelfw.ConnectionLink", "getChannelAccessor");
    private final Operation below = Operation.of("wsspi.channelfw.ConnectionLink", "getDeviceLink");
    private final Operation message =
        Operation.of("wsspi.http.channel.inbound.HttpInboundServiceContext", "getRequest");
    private final Operation host = Operation.of(MESSAGE, "getURLHost");
    private final Operation port = Operation.of(MESSAGE, "getURLPort");
    private final Operation hide = Operation.of(MESSAGE, "removeHeader", String.class);

    private final Operation inbound =
        Operation.of("ws.http.channel.internal.inbound.HttpInboundServiceContextImpl", "getLink");
    private final Operation callback =
        Operation.of("ws.http.channel.internal.inbound.HttpInboundLink", "getApplicationCallback");

    /** The request whose response a context of the HTTP channel writes. */
    Optional<Dispatch> of(Object context) {
      // Requests of Liberty's own client leave through such a context as well.
      @Nullable Object link = inbound.isOf(context) ? callback.on(inbound.on(context)) : null;
      return link != null && request.isOf(link)
          ? Optional.of(new Dispatch(this, link))
          : Optional.empty();
    }
  }

  private final Methods methods;
  private final Object link;

  /**
   * A request.
   *
   * @param methods the methods
   * @param link {@code HttpDispatcherLink}
   */
  Dispatch(Methods methods, Object link) {
    this.methods = methods;
    this.link = link;
  }

  private @Nullable Object ofRequest(Operation operation, Object... arguments) {
    return operation.on(methods.request.on(link), arguments);
  }

  private @Nullable Object ofResponse(Operation operation, Object... arguments) {
    return operation.on(methods.response.on(link), arguments);
  }

  String method() {
    return text(ofRequest(methods.method));
  }

  String path() {
    return text(ofRequest(methods.path));
  }

  String query() {
    return text(ofRequest(methods.query));
  }

  private static String text(@Nullable Object text) {
    return text == null ? "" : (String) text;
  }

  // What the dispatcher reads its request from, which shows more, and can be changed.
  private @Nullable Object ofMessage(Operation operation, Object... arguments) {
    return operation.on(methods.message.on(context()), arguments);
  }

  private Object context() {
    return Objects.requireNonNull(methods.context.on(methods.channel.on(link)));
  }

  /** Host and port of the target itself. */
  Optional<String> authority() {
    String host = text(ofMessage(methods.host));
    int port = (int) Objects.requireNonNull(ofMessage(methods.port));
    return host.isEmpty() ? Optional.empty() : Optional.of(port > 0 ? host + ":" + port : host);
  }

  /** The application does not see a field. */
  void hide(String name) {
    ofMessage(methods.hide, name);
  }

  List<String> requestHeaders(String name) {
    return strings(ofRequest(methods.headers, name));
  }

  List<String> responseHeaders(String name) {
    return strings(ofResponse(methods.fields, name));
  }

  @SuppressWarnings("unchecked")
  private static List<String> strings(@Nullable Object list) {
    return (List<String>) Objects.requireNonNull(list);
  }

  /** The body, of which everything that is read is kept until it is given back. */
  KeptBody keptBody() {
    InputStream body = (InputStream) Objects.requireNonNull(ofRequest(methods.body));
    return new KeptBody(methods.ofBody, context(), body);
  }

  int status() {
    return (int) Objects.requireNonNull(ofResponse(methods.status));
  }

  void status(int status) {
    ofResponse(methods.setStatus, status);
  }

  void addHeader(String name, String value) {
    ofResponse(methods.add, name, value);
  }

  void removeHeader(String name) {
    ofResponse(methods.remove, name);
  }

  OutputStream out() {
    return (OutputStream) Objects.requireNonNull(ofResponse(methods.out));
  }

  /** Sends the response, or ends the connection over a failure. */
  void finish(@Nullable Exception failure) {
    methods.finish.on(link, failure);
  }

  Optional<SSLSession> tls() {
    return Optional.ofNullable(methods.tls.on(link))
        .map(context -> (SSLSession) methods.session.on(context));
  }

  // Not the address that a field of the request can name.
  Optional<InetAddress> peer() {
    return Optional.ofNullable((InetAddress) methods.address.on(methods.tcp.on(link)));
  }

  /** How the response ends from outside; empty if nobody knows. */
  Optional<? extends Runnable> end() {
    Object last = Objects.requireNonNull(methods.channel.on(link));
    if (!last.getClass().getName().equals(HTTP1)) {
      return StreamReset.of(last);
    }
    for (@Nullable Object next = last; next != null; next = methods.below.on(last)) {
      last = next;
    }
    return ConnectionEnd.of(last);
  }

  /**
   * What else is known of the connection, or of the stream of HTTP/2. It is busy with one request
   * at a time, and no client and no application sees it.
   */
  @SuppressWarnings("unchecked")
  Map<Object, Object> state() {
    Object connection = methods.connection.on(link);
    return (Map<Object, Object>) Objects.requireNonNull(methods.state.on(connection));
  }
}
