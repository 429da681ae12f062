package dev.countersign.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** What is wrong with the TLS of a {@link FakeAuthorizationServer}. */
public enum TlsFault {
  /** Nothing. */
  NONE(authority -> valid(authority, "localhost")),
  /** The certificate was good until yesterday. */
  EXPIRED(authority -> from(authority, Duration.ofDays(-2))),
  /** The certificate will be good from tomorrow on. */
  NOT_YET_VALID(authority -> from(authority, Duration.ofDays(1))),
  /** The certificate is good, but for another host. */
  OTHER_HOST(authority -> valid(authority, "other.example")),
  /** The certificate is of an authority that nobody trusts. */
  UNKNOWN_AUTHORITY(authority -> valid(CertificateAuthority.create("unknown"), "localhost")),
  /** The certificate is its own authority. */
  SELF_SIGNED(authority -> CertificateAuthority.selfSigned("localhost")),
  /** The server knows nothing newer than TLS 1.1, which is not to be used (RFC 8996). */
  OLD_PROTOCOL(authority -> valid(authority, "localhost")),
  /** The server does not answer the first message. */
  STALL(authority -> valid(authority, "localhost"));

  // ServerHello of TLS 1.1 (RFC 4346 section 7.4.1.3) up to the random bytes and behind them:
  // no session, TLS_RSA_WITH_AES_128_CBC_SHA, no compression.
  private static final byte[] HELLO = {0x16, 3, 2, 0, 42, 2, 0, 0, 38, 3, 2};
  private static final byte[] HELLO_END = {0, 0, 0x2f, 0};

  private final Function<CertificateAuthority, SSLContext> context;

  TlsFault(Function<CertificateAuthority, SSLContext> context) {
    this.context = context;
  }

  private static SSLContext valid(CertificateAuthority authority, String host) {
    return authority.serving(host, Instant.now().minus(Duration.ofHours(1)), Duration.ofDays(1));
  }

  private static SSLContext from(CertificateAuthority authority, Duration distance) {
    return authority.serving("localhost", Instant.now().plus(distance), Duration.ofDays(1));
  }

  /** Puts TLS on a connection; what is read from the result has been encrypted. */
  Socket secure(Socket plain, CertificateAuthority authority) throws IOException {
    if (this == OLD_PROTOCOL) {
      byte[] random = new byte[32];
      new SecureRandom().nextBytes(random);
      plain.getInputStream().read();
      plain.getOutputStream().write(HELLO);
      plain.getOutputStream().write(random);
      plain.getOutputStream().write(HELLO_END);
      plain.getOutputStream().flush();
    }
    if (this == OLD_PROTOCOL || this == STALL) {
      plain.getInputStream().transferTo(OutputStream.nullOutputStream());
      throw new IOException("the client gave up");
    }
    SSLSocket secured =
        (SSLSocket) context.apply(authority).getSocketFactory().createSocket(plain, null, true);
    secured.setUseClientMode(false);
    return secured;
  }
}
