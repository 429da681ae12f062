package dev.countersign.it.servlet;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A key with a certificate for {@code localhost} that it has signed itself, made by the tool of the
 * JDK, and the certificates that its owner accepts.
 *
 * @param keyStore a PKCS #12 file with the key
 * @param trustStore a PKCS #12 file with the certificates that are accepted
 * @param certificate its own certificate
 */
public record Identity(Path keyStore, Path trustStore, X509Certificate certificate) {

  /** Opens both files. */
  public static final String PASSWORD = "not-a-secret";

  static Identity make(Path directory, String name) throws Exception {
    Path file = directory.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-keystore",
                    file.toString(),
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    PASSWORD,
                    "-alias",
                    name,
                    "-dname",
                    "CN=" + name,
                    "-ext",
                    "san=dns:localhost",
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp256r1"))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(name + ".log").toFile())
            .start();
    if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
      throw new IOException("keytool: " + Files.readString(directory.resolve(name + ".log")));
    }
    Certificate certificate = open(file).getCertificate(name);
    return new Identity(
        file, directory.resolve(name + "-trusts.p12"), (X509Certificate) certificate);
  }

  private static KeyStore open(Path file) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  /** Accepts the certificates of others from now on. */
  void trust(Identity... others) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (Identity other : others) {
      store.setCertificateEntry(other.keyStore().getFileName().toString(), other.certificate());
    }
    try (OutputStream out = Files.newOutputStream(trustStore)) {
      store.store(out, PASSWORD.toCharArray());
    }
  }

  /**
   * TLS with this key.
   *
   * @return shows the certificate when it is asked for one
   * @throws GeneralSecurityException if a store is of no use
   * @throws IOException if a file cannot be read
   */
  public SSLContext context() throws GeneralSecurityException, IOException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(open(keyStore), PASSWORD.toCharArray());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(open(trustStore));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  /** TLS that accepts the same certificates, and shows none. */
  SSLContext anonymous() throws GeneralSecurityException, IOException {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(open(trustStore));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  // RFC 8705 section 3.1
  String thumbprint() throws GeneralSecurityException {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
  }
}
