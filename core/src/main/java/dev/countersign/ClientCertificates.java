package dev.countersign;

import dev.countersign.config.AddressRange;
import dev.countersign.config.SenderConstraints;
import dev.countersign.spi.Exchange;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The certificate with which the client of an exchange has authenticated: that of the TLS
 * connection, or the one that a trusted proxy hands on. A field from anybody else is not looked at.
 */
final class ClientCertificates {

  private static final int MAX_LENGTH = 16 * 1024;

  // sf-binary = ":" base64 ":" (RFC 8941 section 3.3.5), as RFC 9440 section 2.1 has it
  private static final Pattern BINARY = Pattern.compile(":([A-Za-z0-9+/]+={0,2}):");

  // PEM with percent-encoding, as several proxies write it: line breaks are %0A, a plus stands for
  // itself.
  private static final Pattern PEM =
      Pattern.compile(
          "-----BEGIN CERTIFICATE-----[\\r"
              + "\\n"
              + "]+([A-Za-z0-9+/=\\r"
              + "\\n"
              + "]+)-----END CERTIFICATE-----[\\r"
              + "\\n"
              + "]*");

  private final SenderConstraints settings;

  ClientCertificates(SenderConstraints settings) {
    this.settings = settings;
  }

  /** The thumbprint of RFC 8705 section 3.1; empty if no client certificate is there. */
  Optional<String> thumbprint(Exchange exchange) {
    try {
      return certificate(exchange).map(ClientCertificates::encoded).map(ClientCertificates::digest);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Optional<X509Certificate> certificate(Exchange exchange) {
    boolean handedOn =
        !settings.certificateHeader().isEmpty()
            && exchange.peer().filter(this::isTrusted).isPresent();
    // The certificate of that connection is the proxy's own.
    return handedOn
        ? read(exchange.headers(settings.certificateHeader()))
        : exchange.clientCertificate();
  }

  private boolean isTrusted(InetAddress peer) {
    return AddressRange.anyContains(settings.trustedProxies(), peer);
  }

  private static Optional<X509Certificate> read(List<String> lines) {
    if (lines.size() != 1 || lines.get(0).length() > MAX_LENGTH) {
      return Optional.empty();
    }
    String line = lines.get(0).strip();
    Matcher binary = BINARY.matcher(line);
    if (binary.matches()) {
      return parsed(Base64.getDecoder().decode(binary.group(1)));
    }
    Matcher pem = PEM.matcher(percentDecoded(line));
    return pem.matches() ? parsed(Base64.getMimeDecoder().decode(pem.group(1))) : Optional.empty();
  }

  private static String percentDecoded(String text) {
    StringBuilder decoded = new StringBuilder();
    for (int at = 0; at < text.length(); at++) {
      boolean encoded = text.charAt(at) == '%' && at + 2 < text.length();
      decoded.append(
          encoded ? (char) Integer.parseInt(text.substring(at + 1, at + 3), 16) : text.charAt(at));
      at += encoded ? 2 : 0;
    }
    return decoded.toString();
  }

  private static Optional<X509Certificate> parsed(byte[] der) {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      ByteArrayInputStream in = new ByteArrayInputStream(der);
      X509Certificate certificate = (X509Certificate) factory.generateCertificate(in);
      return in.available() == 0 ? Optional.of(certificate) : Optional.empty();
    } catch (CertificateException e) {
      return Optional.empty();
    }
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("the certificate has no encoding", e);
    }
  }

  private static String digest(byte[] der) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(der);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  static boolean isSame(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
