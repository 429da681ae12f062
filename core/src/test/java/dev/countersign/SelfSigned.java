package dev.countersign;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A key with a certificate for {@code localhost} that it has signed itself, made by the tool of the
 * JDK, in a PKCS #12 file.
 *
 * @param file the key store
 * @param store the same, opened
 * @param certificate the certificate
 */
public record SelfSigned(Path file, KeyStore store, X509Certificate certificate) {

  public static final String PASSWORD = "hidden-password";

  /** Makes one in a directory. */
  public static SelfSigned make(Path directory, String name)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path file = directory.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
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
                "san=dns:localhost,ip:127.0.0.1",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(name + ".log").toFile())
            .start();
    if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
      throw new IOException("keytool: " + Files.readString(directory.resolve(name + ".log")));
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return new SelfSigned(file, store, (X509Certificate) store.getCertificate(name));
  }

  /** Writes the certificates of some into a store of trusted ones. */
  public static KeyStore trusting(SelfSigned... trusted)
      throws IOException, GeneralSecurityException {
    // The one type whose certificates can be read without a password.
    KeyStore store = KeyStore.getInstance("JKS");
    store.load(null, null);
    for (SelfSigned one : trusted) {
      store.setCertificateEntry(
          one.certificate().getSubjectX500Principal().getName(), one.certificate());
    }
    return store;
  }

  /** TLS with this key that trusts the others. */
  public SSLContext context(SelfSigned... trusted) throws IOException, GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusting(trusted));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
