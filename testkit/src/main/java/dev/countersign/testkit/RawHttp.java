package dev.countersign.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One connection of HTTP/1.1 on which exactly the given bytes are sent and every line of the answer
 * is seen. What is read has to arrive within ten seconds altogether. Not thread-safe.
 */
public final class RawHttp implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Socket socket;
  private final DeadlineInput in;

  private RawHttp(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DeadlineInput(socket, LIMIT);
  }

  /**
   * Opens a connection.
   *
   * @param server host and port of the URI are used, and TLS if its scheme is https; the
   *     certificate has to be one that the JVM trusts
   * @return the connection
   * @throws IOException if nobody listens there
   */
  public static RawHttp connect(URI server) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      boolean secure = "https".equals(server.getScheme());
      int port = server.getPort() > 0 ? server.getPort() : secure ? 443 : 80;
      socket.connect(new InetSocketAddress(server.getHost(), port), (int) LIMIT.toMillis());
      return new RawHttp(secure ? secured(socket, server.getHost(), port) : socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static Socket secured(Socket socket, String host, int port) throws IOException {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    SSLSocket secure = (SSLSocket) factory.createSocket(socket, host, port, true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secure.setSSLParameters(parameters);
    secure.startHandshake();
    return secure;
  }

  /**
   * One request and its answer on a connection of their own.
   *
   * @param server where
   * @param request what
   * @return the final response
   * @throws IOException if there is no answer, or one that is not HTTP
   */
  public static RawResponse exchange(URI server, RawRequest request) throws IOException {
    try (RawHttp connection = connect(server)) {
      return connection.exchange(request);
    }
  }

  /**
   * One request, sent again until the answer has the status that is expected, at most half a
   * minute: a server that has just been started may still be fetching what it needs.
   *
   * @param server where
   * @param request what
   * @param status the expected status code
   * @return the last response, expected or not
   * @throws IOException if there is no answer, or one that is not HTTP
   */
  public static RawResponse await(URI server, RawRequest request, int status) throws IOException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    RawResponse response = exchange(server, request);
    while (response.status() != status && System.nanoTime() < deadline) {
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      response = exchange(server, request);
    }
    return response;
  }

  /**
   * One request and its answer on this connection.
   *
   * @param request what to send
   * @return the final response
   * @throws IOException if there is no answer, or one that is not HTTP
   */
  public RawResponse exchange(RawRequest request) throws IOException {
    try {
      send(request.bytes());
    } catch (SocketException e) {
      // The server may have answered and ended the connection before it had read everything.
    }
    return request.method().equals("HEAD") ? receiveHead() : receive();
  }

  /**
   * Sends bytes.
   *
   * @param bytes what to send
   * @throws IOException if the connection is broken
   */
  public void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /**
   * Receives a whole response; interim ones before it are skipped.
   *
   * @return the response
   * @throws IOException if it does not come, is cut off or is not HTTP
   */
  public RawResponse receive() throws IOException {
    RawResponse head = receiveHead();
    return new RawResponse(head.status(), head.fieldLines(), head.interim(), readBody(head));
  }

  /**
   * Receives status line and header section only: the answer to HEAD, or the beginning of a stream.
   *
   * @return the response without a body
   * @throws IOException if it does not come, is cut off or is not HTTP
   */
  public RawResponse receiveHead() throws IOException {
    in.restart();
    List<Integer> interim = new ArrayList<>();
    while (true) {
      int status = status(readLine());
      List<String> lines = readLines();
      // After 101 the connection speaks something else (RFC 9110 section 15.2.2).
      if (status >= 200 || status == 101) {
        return new RawResponse(status, lines, interim, new byte[0]);
      }
      interim.add(status);
    }
  }

  /**
   * Reads on until a text was received, framing included.
   *
   * @param text what to wait for, in ASCII
   * @return everything up to its end
   * @throws IOException if it does not come
   */
  public String readUntil(String text) throws IOException {
    in.restart();
    StringBuilder read = new StringBuilder();
    while (read.indexOf(text) < 0) {
      read.append((char) in.next());
    }
    return read.toString();
  }

  /**
   * Whether the server has ended the connection. Waits for that, or for more bytes.
   *
   * @return true at the end of the stream and after a reset, false if there is another byte
   * @throws IOException if neither happens in time
   */
  public boolean isEnded() throws IOException {
    in.restart();
    try {
      return in.read() < 0;
    } catch (SocketException e) {
      return true;
    }
  }

  private static int status(String line) throws IOException {
    // status-line = HTTP-version SP status-code SP [ reason-phrase ]; some servers repeat a version
    // that the request has made up.
    if (!line.matches("HTTP/\\d\\.\\d [1-5]\\d\\d( .*)?")) {
      throw new IOException("expected a status line: " + line);
    }
    return Integer.parseInt(line.substring(9, 12));
  }

  private byte[] readBody(RawResponse head) throws IOException {
    if (head.status() == 101 || head.status() == 204 || head.status() == 304) {
      return new byte[0];
    }
    if (head.value("Transfer-Encoding").orElse("").equalsIgnoreCase("chunked")) {
      return readChunks();
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (head.value("Content-Length").isPresent()) {
      copy(Integer.parseInt(head.value("Content-Length").get()), body);
    } else {
      for (int next = in.read(); next >= 0; next = in.read()) {
        body.write(next);
      }
    }
    return body.toByteArray();
  }

  private byte[] readChunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      int length = Integer.parseInt(readLine().split(";", 2)[0].strip(), 16);
      copy(length, body);
      if (length == 0) {
        readLines();
        return body.toByteArray();
      }
      readLine();
    }
  }

  private void copy(int length, ByteArrayOutputStream to) throws IOException {
    for (int i = 0; i < length; i++) {
      to.write(in.next());
    }
  }

  private List<String> readLines() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      lines.add(line);
    }
    return lines;
  }

  private String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.next(); next != '\n'; next = in.next()) {
      line.write(next);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    if (!text.endsWith("\r")) {
      throw new IOException("the line does not end with CRLF: " + text);
    }
    return text.substring(0, text.length() - 1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
