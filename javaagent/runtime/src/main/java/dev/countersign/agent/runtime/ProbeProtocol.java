package dev.countersign.agent.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** What a probe is spoken in. */
enum ProbeProtocol {
  /** RFC 9112, which nearly every server understands. */
  HTTP1("http/1.1") {
    @Override
    byte[] get(boolean secure, String path, String field, String value) {
      String request =
          "GET "
              + path
              + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
              + field
              + ": "
              + value
              + "\r\n\r\n";
      return request.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    boolean isAnswered(InputStream in) throws IOException {
      String line = new String(in.readNBytes(12), StandardCharsets.ISO_8859_1);
      return line.matches("HTTP/1\\.[01] \\d{3}") && !BEFORE_ROUTING.contains(line.substring(9));
    }
  },
  /** RFC 9113 with prior knowledge, for a server that understands nothing else. */
  HTTP2("h2") {
    @Override
    byte[] get(boolean secure, String path, String field, String value) {
      return Http2Probe.get(secure, path, field, value);
    }

    @Override
    boolean isAnswered(InputStream in) throws IOException {
      return Http2Probe.isAnswered(in);
    }
  };

  // A server says these before it looks for who handles the request: no TLS, another host name.
  private static final Set<String> BEFORE_ROUTING = Set.of("400", "408", "421", "426", "505");

  private final String alpn;

  ProbeProtocol(String alpn) {
    this.alpn = alpn;
  }

  /** Its name in the handshake of TLS (RFC 7301). */
  String alpn() {
    return alpn;
  }

  /**
   * The bytes of a request.
   *
   * @param secure whether they go over TLS
   * @param path an absolute path
   * @param field the name of a field
   * @param value its value
   */
  abstract byte[] get(boolean secure, String path, String field, String value);

  /** Whether what comes is the answer of somebody to whom the request was handed. */
  abstract boolean isAnswered(InputStream in) throws IOException;
}
