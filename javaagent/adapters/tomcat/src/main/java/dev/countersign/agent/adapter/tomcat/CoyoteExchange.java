package dev.countersign.agent.adapter.tomcat;

import dev.countersign.agent.runtime.MeteredBody;
import dev.countersign.agent.runtime.Principals;
import dev.countersign.http.FieldLine;
import dev.countersign.http.FieldNames;
import dev.countersign.http.Response;
import dev.countersign.oauth.AccessToken;
import dev.countersign.spi.AddressLiteral;
import dev.countersign.spi.Admission;
import dev.countersign.spi.BodyAllowance;
import dev.countersign.spi.Exchange;
import dev.countersign.spi.Lease;
import dev.countersign.spi.ReplayableBody;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.coyote.ActionCode;
import org.apache.coyote.ContinueResponseTiming;
import org.apache.coyote.Request;
import org.apache.tomcat.util.buf.ByteChunk;
import org.apache.tomcat.util.buf.MessageBytes;
import org.apache.tomcat.util.http.MimeHeaders;

/** An exchange over Tomcat's own request and response, which know no servlet API. */
final class CoyoteExchange implements Exchange {

  private static final List<String> CERTIFICATES =
      List.of("jakarta.servlet.request.X509Certificate", "javax.servlet.request.X509Certificate");

  private static final String ANSWERED = "dev.countersign.answered";
  private static final String LEASE = "dev.countersign.lease";
  private static final String ROLES = "dev.countersign.roles";

  private final Request request;
  private final org.apache.coyote.Response response;

  CoyoteExchange(Request request, org.apache.coyote.Response response) {
    this.request = request;
    this.response = response;
  }

  // The method that all versions from 9.0 on have.
  @SuppressWarnings("deprecation")
  @Override
  public String method() {
    return text(request.method());
  }

  @Override
  public String path() {
    return text(request.requestURI());
  }

  @Override
  public String query() {
    return text(request.queryString());
  }

  // HTTP/2; an absolute target with another host than the field is refused by Tomcat.
  @Override
  public Optional<String> authority() {
    String name = text(request.serverName());
    if (name.isEmpty() || !headers("Host").isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(request.getServerPort() > 0 ? name + ":" + request.getServerPort() : name);
  }

  @Override
  public List<String> headers(String name) {
    return values(request.getMimeHeaders(), name);
  }

  static List<String> values(MimeHeaders all, String name) {
    List<String> values = new ArrayList<>(1);
    for (int i = all.findHeader(name, 0); i >= 0; i = all.findHeader(name, i + 1)) {
      values.add(text(all.getValue(i)));
    }
    return values;
  }

  // MessageBytes.toString() turns bytes into text for good in some versions, and Tomcat then
  // decodes nothing.
  private static String text(MessageBytes bytes) {
    if (bytes.isNull()) {
      return "";
    }
    if (bytes.getType() != MessageBytes.T_BYTES) {
      return bytes.toString();
    }
    ByteChunk chunk = bytes.getByteChunk();
    return new String(
        chunk.getBuffer(), chunk.getStart(), chunk.getLength(), StandardCharsets.ISO_8859_1);
  }

  @Override
  public Optional<X509Certificate> clientCertificate() {
    request.action(ActionCode.REQ_SSL_ATTRIBUTE, request);
    for (String name : CERTIFICATES) {
      if (request.getAttribute(name) instanceof X509Certificate[] chain && chain.length > 0) {
        return Optional.of(chain[0]);
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<InetAddress> peer() {
    request.action(ActionCode.REQ_HOST_ADDR_ATTRIBUTE, request);
    return AddressLiteral.parse(text(request.remoteAddr()));
  }

  @Override
  public Optional<ReplayableBody> body() {
    MeteredBody body = this::read;
    return Optional.of(body);
  }

  private byte[] read(int limit, BodyAllowance allowance) throws IOException {
    if (request.hasExpectation()) {
      response.action(ActionCode.ACK, ContinueResponseTiming.ALWAYS);
    }
    BodyBuffer buffer = new BodyBuffer(limit);
    while (!buffer.isFull() && request.doRead(buffer) >= 0) {
      allowance.take(buffer.take());
    }
    ReplayedBody.into(request, buffer.bytes());
    return buffer.judged();
  }

  @Override
  public boolean hasHiddenCredentials() {
    return request.getAttribute(Principals.ATTRIBUTE) != null;
  }

  /** Whether the answer is the engine's own. */
  boolean isAnswered() {
    return Boolean.TRUE.equals(request.getAttribute(ANSWERED));
  }

  @Override
  public void send(Response answer) throws IOException {
    request.setAttribute(ANSWERED, true);
    response.setStatus(answer.status());
    answer.fields().forEach(this::write);
    if (!answer.body().isEmpty()) {
      response.doWrite(ByteBuffer.wrap(answer.body().getBytes(StandardCharsets.UTF_8)));
    }
    response.action(ActionCode.CLOSE, null);
  }

  @Override
  public boolean filtersBodies() {
    return true;
  }

  @Override
  public Lease lease() {
    return leaseOf(request);
  }

  static Lease leaseOf(Request request) {
    return request.getAttribute(LEASE) instanceof Lease lease ? lease : Lease.NONE;
  }

  /** What the user of a request was granted. */
  static Optional<List<?>> rolesOf(Request request) {
    return request.getAttribute(ROLES) instanceof List<?> roles
        ? Optional.of(roles)
        : Optional.empty();
  }

  /** Takes out of request and response, which Tomcat uses again, what is for one exchange only. */
  static void forget(Request request, org.apache.coyote.Response response) {
    ReplayedBody.outOf(request);
    FilteredOutput.outOf(response);
  }

  @Override
  public void accept(Admission admission) {
    request.setAttribute(LEASE, admission.lease());
    admission.fields().forEach(this::write);
    hide(admission.hidden());
    admission.accessToken().ifPresent(this::authenticate);
    admission.bodyFilter().ifPresent(filter -> FilteredOutput.into(response, filter));
  }

  // Tomcat's own way would look through all fields for each name.
  private void hide(FieldNames hidden) {
    MimeHeaders all = request.getMimeHeaders();
    for (int at = all.size() - 1; at >= 0; at--) {
      MessageBytes name = all.getName(at);
      for (String one : hidden.ofLength(name.getLength())) {
        if (name.equalsIgnoreCase(one)) {
          all.removeHeader(at);
          break;
        }
      }
    }
  }

  private void authenticate(AccessToken token) {
    request.getRemoteUser().setString(token.subject());
    // A user whom the web server before an AJP connector has found may be looked up in the realm.
    request.setRemoteUserNeedsAuthorization(false);
    request.getAuthType().setString(Principals.AUTH_TYPE);
    request.setAttribute(Principals.ATTRIBUTE, token.claims());
    request.setAttribute(ROLES, List.copyOf(token.scope().tokens()));
  }

  private void write(FieldLine field) {
    response.addHeader(field.name(), field.value());
  }
}
