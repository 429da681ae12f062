package dev.countersign.agent.runtime;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** How a port of this JVM may be spoken to. */
enum Transport {
  /** Clear text. */
  PLAIN {
    @Override
    Socket connect(InetSocketAddress address, String protocol) throws IOException {
      return open(address);
    }
  },
  /** TLS with whomever answers: the peer is this process, and is told nothing but a used number. */
  TLS {
    @Override
    Socket connect(InetSocketAddress address, String protocol) throws IOException {
      Socket plain = open(address);
      try {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new AnyCertificate()}, null);
        SSLSocket socket =
            (SSLSocket)
                context
                    .getSocketFactory()
                    .createSocket(plain, "localhost", address.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {protocol});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
      } catch (GeneralSecurityException | IOException e) {
        plain.close();
        throw new IOException("no TLS", e);
      }
    }
  };

  private static final int TIMEOUT_MILLIS = 10_000;

  /**
   * Connects.
   *
   * @param protocol what is spoken, by its name in ALPN (RFC 7301)
   */
  abstract Socket connect(InetSocketAddress address, String protocol) throws IOException;

  private static Socket open(InetSocketAddress address) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(address, TIMEOUT_MILLIS);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static final class AnyCertificate implements X509TrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
      // Nobody is a client here.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      // This process itself.
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
