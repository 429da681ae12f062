package dev.countersign.spi;

import dev.countersign.http.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * One request and its response, as a server or framework sees them: the only thing that an
 * attachment implements. Used by one thread at a time.
 */
public interface Exchange {

  /**
   * The method (RFC 9110 section 9), as received.
   *
   * @return the method, case kept
   */
  String method();

  /**
   * The path of the request target, raw: not decoded, not normalised, without query.
   *
   * @return the path as received; the engine does the judging
   */
  String path();

  /**
   * The query of the request target, raw.
   *
   * @return the query without the question mark; empty if there is none
   */
  String query();

  /**
   * The authority of the request target itself, where it has one: of an absolute form (RFC 9112
   * section 3.2.2), or {@code :authority} (RFC 9113 section 8.3.1) unless the server shows it as
   * {@code Host}.
   *
   * @return host and, if given, port, as received; empty if there is none, or the attachment cannot
   *     tell
   */
  default Optional<String> authority() {
    return Optional.empty();
  }

  /**
   * Every line of one request header field. Never from a trailer.
   *
   * @param name the field name, compared without regard to case
   * @return the values as received, in their order; empty if there is no such line
   */
  List<String> headers(String name);

  /**
   * The way to the body, for a decision that has to know the JSON-RPC call in it. Asked for only
   * after the token was accepted, or where some calls need none.
   *
   * @return empty if the attachment cannot give the body back to the application afterwards; a rule
   *     that needs the body then refuses
   */
  default Optional<ReplayableBody> body() {
    return Optional.empty();
  }

  /**
   * The certificate with which the client has authenticated in the TLS connection that the server
   * itself has ended (RFC 8705 section 3). Never from a field of the request: fields of trusted
   * proxies are read by the engine.
   *
   * @return the client's own certificate, the first of its chain; empty if there is none, or the
   *     attachment cannot tell
   */
  default Optional<X509Certificate> clientCertificate() {
    return Optional.empty();
  }

  /**
   * The other end of the connection, a proxy perhaps.
   *
   * @return its address; empty if the attachment cannot tell, which then trusts no proxy
   */
  default Optional<InetAddress> peer() {
    return Optional.empty();
  }

  /**
   * Whether {@link #accept} has taken the credentials out of this request, so that {@link #headers}
   * shows them no more. Asked for when the response of the application is put right.
   *
   * @return false for an attachment that only shows another request to the application
   */
  default boolean hasHiddenCredentials() {
    return false;
  }

  /**
   * Answers the exchange, which ends with it. Called at most once, and never beside {@link
   * #accept}.
   *
   * @param response what to write, as it is
   * @throws IOException if it cannot be written
   */
  void send(Response response) throws IOException;

  /**
   * Hands the exchange to the application. Called at most once, before the application runs.
   *
   * @param admission the token, and field lines for the response
   */
  void accept(Admission admission);

  /**
   * Whether it can send the body of the application's response through a {@link BodyFilter}.
   *
   * @return false for an attachment that cannot; where a body must be filtered the engine then
   *     refuses the request
   */
  default boolean filtersBodies() {
    return false;
  }

  /**
   * The lease that came with the admission, once the response begins.
   *
   * @return what {@link #accept} was given; {@link Lease#NONE} before, or if the attachment cannot
   *     keep it: no session is then bound to its user, and none is accepted
   */
  default Lease lease() {
    return Lease.NONE;
  }
}
