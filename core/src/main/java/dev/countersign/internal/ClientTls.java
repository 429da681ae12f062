package dev.countersign.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.util.Collections;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** TLS in which this side shows a certificate as well. Immutable. */
public final class ClientTls {

  private final SSLContext context;

  private ClientTls(SSLContext context) {
    this.context = context;
  }

  /**
   * Opens a key store. Which servers are trusted is up to the JVM.
   *
   * @param pkcs12 a PKCS #12 store (RFC 7292) with one private key and its certificates
   * @param password the password of store and key
   * @return what connections need of it
   * @throws GeneralSecurityException if the password is wrong, or there is not exactly one private
   *     key
   * @throws IOException if it is no such store, or the password is wrong
   */
  public static ClientTls of(byte[] pkcs12, String password)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    char[] characters = password.toCharArray();
    store.load(new ByteArrayInputStream(pkcs12), characters);
    int keys = 0;
    for (String alias : Collections.list(store.aliases())) {
      keys += store.isKeyEntry(alias) ? 1 : 0;
    }
    if (keys != 1) {
      // With several, the server would decide which one is shown.
      throw new UnrecoverableKeyException("expected one private key, not " + keys);
    }
    KeyManagerFactory keyManagers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keyManagers.init(store, characters);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keyManagers.getKeyManagers(), null, null);
    return new ClientTls(context);
  }

  SSLContext context() {
    return context;
  }
}
