package dev.countersign.agent.adapter.liberty;

import dev.countersign.agent.runtime.MeteredBody;
import dev.countersign.http.FieldLine;
import dev.countersign.http.Response;
import dev.countersign.spi.Admission;
import dev.countersign.spi.BodyAllowance;
import dev.countersign.spi.Exchange;
import dev.countersign.spi.Lease;
import dev.countersign.spi.ReplayableBody;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** An exchange over Liberty's own request and response, which know no servlet API. */
final class LibertyExchange implements Exchange {

  // In the state of the connection, while an answer of the engine leaves.
  private static final String ANSWERING = "dev.countersign.answering";
  private static final String LEASE = "dev.countersign.lease";

  private final Dispatch dispatch;

  LibertyExchange(Dispatch dispatch) {
    this.dispatch = dispatch;
  }

  /** Nothing of the request before it on the same connection is left. */
  void begin() {
    dispatch.state().remove(Admitted.KEY);
    dispatch.state().remove(LEASE);
  }

  @Override
  public String method() {
    return dispatch.method();
  }

  @Override
  public String path() {
    return dispatch.path();
  }

  @Override
  public String query() {
    return dispatch.query();
  }

  @Override
  public Optional<String> authority() {
    return dispatch.authority();
  }

  @Override
  public List<String> headers(String name) {
    return dispatch.requestHeaders(name);
  }

  @Override
  public Optional<X509Certificate> clientCertificate() {
    return dispatch.tls().flatMap(LibertyExchange::certificate);
  }

  private static Optional<X509Certificate> certificate(SSLSession session) {
    try {
      return session.getPeerCertificates()[0] instanceof X509Certificate own
          ? Optional.of(own)
          : Optional.empty();
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<InetAddress> peer() {
    return dispatch.peer();
  }

  @Override
  public Optional<ReplayableBody> body() {
    MeteredBody body = this::read;
    return Optional.of(body);
  }

  private byte[] read(int limit, BodyAllowance allowance) throws IOException {
    KeptBody kept = dispatch.keptBody();
    byte[] body = MeteredBody.read(kept.stream(), limit, allowance);
    if (body.length < limit) {
      kept.replay();
    } else {
      kept.replayAndGoOn(body);
    }
    return body;
  }

  @Override
  public boolean hasHiddenCredentials() {
    return dispatch.state().containsKey(Admitted.KEY);
  }

  @Override
  public void send(Response answer) throws IOException {
    dispatch.status(answer.status());
    answer.fields().forEach(this::write);
    if (!answer.body().isEmpty()) {
      dispatch.out().write(answer.body().getBytes(StandardCharsets.UTF_8));
    }
  }

  // Another object of this class reads it, when the response begins.
  @Override
  public Lease lease() {
    return dispatch.state().get(LEASE) instanceof Lease lease ? lease : Lease.NONE;
  }

  @Override
  public void accept(Admission admission) {
    dispatch.state().put(LEASE, admission.lease());
    if (admission.lease() != Lease.NONE) {
      dispatch.end().ifPresent(admission.lease()::onEnd);
    }
    admission.fields().forEach(this::write);
    admission.hidden().forEach(dispatch::hide);
    admission.accessToken().ifPresent(token -> dispatch.state().put(Admitted.KEY, token));
  }

  private void write(FieldLine field) {
    dispatch.addHeader(field.name(), field.value());
  }

  /** Sends what was written, or ends the connection over a failure. */
  void finish(@Nullable Exception failure) {
    dispatch.state().put(ANSWERING, true);
    try {
      dispatch.finish(failure);
    } finally {
      dispatch.state().remove(ANSWERING);
    }
  }

  /** Whether the answer is the engine's own. */
  boolean isAnswered() {
    return dispatch.state().containsKey(ANSWERING);
  }
}
