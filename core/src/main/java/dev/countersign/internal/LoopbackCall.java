package dev.countersign.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * One GET to a port of this machine by a socket, so that {@code Host} can be the public name. No
 * redirect is followed, and nothing that is secret may be sent: the certificate is for the public
 * name, and is not looked at.
 */
public final class LoopbackCall {

  private static final int MAX_BYTES = 64 * 1024;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})(?: .*)?");

  /**
   * What came back, as far as it came.
   *
   * @param status the status code
   * @param fields the field lines, not trimmed
   * @param body the body in ISO 8859-1, with the framing of its chunks if there is one
   */
  public record Answer(int status, List<String> fields, String body) {

    /**
     * The values of every line of one field.
     *
     * @param name the field name, compared without regard to case
     * @return the values in their order
     */
    public List<String> values(String name) {
      return fields.stream()
          .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(line -> line.substring(name.length() + 1).trim())
          .toList();
    }
  }

  private LoopbackCall() {}

  /**
   * Sends a GET, in clear text first, and through TLS if that is no HTTP there.
   *
   * @param address where
   * @param host the field {@code Host}
   * @param path the path
   * @param field one more field line
   * @param deadline for each of the two
   * @return the answer; empty if there is none that is HTTP
   */
  public static Optional<Answer> get(
      InetSocketAddress address, String host, String path, String field, Duration deadline) {
    String request =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: "
            + host
            + "\r\nAccept: application/json\r\nConnection: close\r\n"
            + field
            + "\r\n\r\n";
    Optional<Answer> plain = exchange(address, request, false, deadline);
    // So do servers answer that expect TLS.
    return plain.filter(answer -> answer.status() != 400).isPresent()
        ? plain
        : exchange(address, request, true, deadline).or(() -> plain);
  }

  private static Optional<Answer> exchange(
      InetSocketAddress address, String request, boolean tls, Duration deadline) {
    long end = System.nanoTime() + deadline.toNanos();
    try (Socket socket = new Socket()) {
      socket.connect(address, millisUntil(end));
      socket.setSoTimeout(millisUntil(end));
      try (Socket spoken = tls ? secure(socket, address.getPort()) : socket) {
        spoken.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        return read(spoken, end);
      }
    } catch (IOException | GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static SSLSocket secure(Socket socket, int port)
      throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new AnyCertificate()}, null);
    SSLSocket secured =
        (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", port, true);
    secured.startHandshake();
    return secured;
  }

  private static int millisUntil(long end) throws SocketTimeoutException {
    long left = (end - System.nanoTime()) / 1_000_000;
    if (left <= 0) {
      throw new SocketTimeoutException();
    }
    return (int) left;
  }

  private static Optional<Answer> read(Socket socket, long end) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    byte[] part = new byte[4096];
    try {
      while (bytes.size() < MAX_BYTES && !isComplete(bytes)) {
        socket.setSoTimeout(millisUntil(end));
        int count = in.read(part);
        if (count < 0) {
          break;
        }
        bytes.write(part, 0, count);
      }
    } catch (SocketTimeoutException e) {
      // What is there counts: a server may leave the connection open.
    }
    return parse(bytes.toString(StandardCharsets.ISO_8859_1));
  }

  private static boolean isComplete(ByteArrayOutputStream bytes) {
    return parse(bytes.toString(StandardCharsets.ISO_8859_1))
        .filter(
            answer ->
                answer.values("Content-Length").stream()
                    .anyMatch(length -> length.equals("" + answer.body().length())))
        .isPresent();
  }

  private static Optional<Answer> parse(String text) {
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return Optional.empty();
    }
    List<String> lines = Arrays.asList(text.substring(0, end).split("\r\n", -1));
    Matcher status = STATUS.matcher(lines.get(0));
    return status.matches()
        ? Optional.of(
            new Answer(
                Integer.parseInt(status.group(1)),
                List.copyOf(lines.subList(1, lines.size())),
                text.substring(end + 4)))
        : Optional.empty();
  }

  private static final class AnyCertificate implements X509TrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
      // Nobody is a client here.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      // This machine itself.
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
