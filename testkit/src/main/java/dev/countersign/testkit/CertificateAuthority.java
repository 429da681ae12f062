package dev.countersign.testkit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Issues X.509 certificates (RFC 5280) for servers and clients of a test, in memory and of P-256.
 *
 * <pre>
 * CertificateAuthority authority = CertificateAuthority.create("test authority");
 * SSLContext server = authority.serving("localhost", Instant.now(), Duration.ofDays(1));
 * SSLContext client = authority.trusted();
 * </pre>
 *
 * <p>Thread-safe.
 */
public final class CertificateAuthority {

  private static final AtomicInteger SERIAL = new AtomicInteger(1);
  private static final char[] NO_PASSWORD = {};

  // 1.2.840.10045.4.3.2, 2.5.4.3, 2.5.29.19 and 2.5.29.17
  private static final byte[] ECDSA_WITH_SHA256 =
      Der.sequence(Der.oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2));
  private static final byte[] COMMON_NAME = Der.oid(0x55, 4, 3);
  private static final byte[] BASIC_CONSTRAINTS = Der.oid(0x55, 0x1d, 0x13);
  private static final byte[] SUBJECT_ALT_NAME = Der.oid(0x55, 0x1d, 0x11);

  private final String name;
  private final KeyPair keys;
  private final X509Certificate certificate;

  private CertificateAuthority(String name) {
    this.name = name;
    this.keys = newKeys();
    byte[] extension =
        Der.sequence(BASIC_CONSTRAINTS, Der.yes(), Der.octets(Der.sequence(Der.yes())));
    Instant from = Instant.now().minus(Duration.ofDays(3650));
    this.certificate = sign(name, keys, extension, from, Duration.ofDays(7300));
  }

  /**
   * Makes an authority with a key of its own.
   *
   * @param name the common name
   * @return an authority that nobody trusts yet
   */
  public static CertificateAuthority create(String name) {
    return new CertificateAuthority(name);
  }

  /**
   * TLS for a client.
   *
   * @return a context that trusts this authority and no other
   */
  public SSLContext trusted() {
    return context(empty(), trusting());
  }

  /**
   * TLS for a server, which asks no client for a certificate.
   *
   * @param host the DNS name in the certificate
   * @param from the beginning of its validity
   * @param life how long it is valid
   * @return a context with a new certificate
   */
  public SSLContext serving(String host, Instant from, Duration life) {
    return serving(keyStore(host, from, life));
  }

  /**
   * The key of a server, for those who make TLS of it themselves.
   *
   * @param host the DNS name in the certificate
   * @param from the beginning of its validity
   * @param life how long it is valid
   * @return a store with one key, whose password is empty
   */
  public KeyStore keyStore(String host, Instant from, Duration life) {
    KeyPair own = newKeys();
    return keyStore(own, sign(host, own, alternative(host), from, life), certificate);
  }

  /**
   * A certificate with its key, for a server of a name or for a client: what a server in another
   * process reads from a file.
   *
   * @param name the common name, and the DNS name in the certificate
   * @param password of the key
   * @return a new PKCS #12 store with one entry, which is called as the certificate; valid for a
   *     day
   */
  public KeyStore issuing(String name, String password) {
    KeyPair own = newKeys();
    Instant from = Instant.now().minus(Duration.ofHours(1));
    X509Certificate issued = sign(name, own, alternative(name), from, Duration.ofDays(1));
    try {
      KeyStore store = empty();
      X509Certificate[] chain = {issued, certificate};
      store.setKeyEntry(name, own.getPrivate(), password.toCharArray(), chain);
      return store;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** TLS for a server whose certificate is its own authority. */
  static SSLContext selfSigned(String host) {
    CertificateAuthority own = new CertificateAuthority(host);
    Instant from = Instant.now().minus(Duration.ofHours(1));
    return serving(
        keyStore(own.keys, own.sign(host, own.keys, alternative(host), from, Duration.ofDays(1))));
  }

  private static byte[] alternative(String host) {
    byte[] name = Der.tagged(0x82, host.getBytes(StandardCharsets.US_ASCII));
    return Der.sequence(SUBJECT_ALT_NAME, Der.octets(Der.sequence(name)));
  }

  private static SSLContext serving(KeyStore own) {
    return context(own, empty());
  }

  private static KeyStore keyStore(KeyPair own, X509Certificate... chain) {
    try {
      KeyStore store = empty();
      store.setKeyEntry("server", own.getPrivate(), NO_PASSWORD, chain);
      return store;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  // Certificate and TBSCertificate of RFC 5280 section 4.1, version 3
  private X509Certificate sign(
      String subject, KeyPair subjectKeys, byte[] extension, Instant from, Duration life) {
    byte[] body =
        Der.sequence(
            Der.tagged(0xA0, Der.integer(BigInteger.TWO)),
            Der.integer(BigInteger.valueOf(SERIAL.getAndIncrement())),
            ECDSA_WITH_SHA256,
            distinguished(name),
            Der.sequence(Der.time(from), Der.time(from.plus(life))),
            distinguished(subject),
            subjectKeys.getPublic().getEncoded(),
            Der.tagged(0xA3, Der.sequence(extension)));
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(body);
      byte[] whole = Der.sequence(body, ECDSA_WITH_SHA256, Der.bits(signature.sign()));
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(whole));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] distinguished(String commonName) {
    return Der.sequence(Der.set(Der.sequence(COMMON_NAME, Der.utf8(commonName))));
  }

  /**
   * What a peer has to trust.
   *
   * @return a new PKCS #12 store with the certificate of this authority
   */
  public KeyStore trusting() {
    try {
      KeyStore store = empty();
      store.setCertificateEntry("authority", certificate);
      return store;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyStore empty() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SSLContext context(KeyStore own, KeyStore trusted) {
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(own, NO_PASSWORD);
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
