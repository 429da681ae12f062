package dev.countersign.benchmarks;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One kind of request on one connection, and what the threads of the server spend on it. */
final class ServerCost {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Socket socket;
  private final byte[] request;
  private final int length;
  private final List<Double> cpu = new ArrayList<>();
  private final List<Double> bytes = new ArrayList<>();
  private final List<Double> elapsed = new ArrayList<>();

  /** Connects, and learns from a first answer how long they are. */
  ServerCost(int port, String path, String field, int status) throws IOException {
    this(port, path, field, "", status);
  }

  /** The same with a body, in ASCII. */
  ServerCost(int port, String path, String field, String body, int status) throws IOException {
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    this.request =
        ("POST "
                + path
                + " HTTP/1.1\r\nHost: localhost\r\n"
                + field
                + "Content-Length: "
                + body.length()
                + "\r\n\r\n"
                + body)
            .getBytes(StandardCharsets.US_ASCII);
    // The first one fetches the keys, and a cache knows the token from the second one on.
    exchange();
    String answer = exchange();
    if (!answer.startsWith("HTTP/1.1 " + status + " ")) {
      throw new IllegalStateException(path + ": " + answer);
    }
    this.length = answer.length();
  }

  private String exchange() throws IOException {
    socket.getOutputStream().write(request);
    InputStream in = socket.getInputStream();
    StringBuilder answer = new StringBuilder();
    while (!isWhole(answer.toString())) {
      answer.append((char) in.read());
    }
    return answer.toString();
  }

  private static boolean isWhole(String answer) {
    int body = answer.indexOf("\r\n\r\n") + 4;
    if (body < 4) {
      return false;
    }
    return answer.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked")
        ? answer.endsWith("\r\n0\r\n\r\n")
        : answer.length() == body + contentLength(answer);
  }

  private static int contentLength(String head) {
    return head.lines()
        .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
        .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
        .findFirst()
        .orElse(0);
  }

  /** Sends so many requests, one after the other. */
  void add(int requests, boolean counts) throws IOException {
    OutputStream out = socket.getOutputStream();
    InputStream in = socket.getInputStream();
    long[] before = spent();
    long start = System.nanoTime();
    for (int i = 0; i < requests; i++) {
      out.write(request);
      in.skipNBytes(length);
    }
    long took = System.nanoTime() - start;
    long[] after = spent();
    if (counts) {
      cpu.add((after[0] - before[0]) / 1000.0 / requests);
      bytes.add((double) (after[1] - before[1]) / requests);
      elapsed.add(took / 1000.0 / requests);
    }
  }

  // Jetty names the threads of its pool so, and Reactor those on which the SDK calls a tool.
  private static long[] spent() {
    long[] spent = new long[2];
    for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
      String name = thread == null ? "" : thread.getThreadName();
      if (name.startsWith("qtp") || name.startsWith("boundedElastic")) {
        spent[0] += Math.max(0, THREADS.getThreadCpuTime(thread.getThreadId()));
        spent[1] += Math.max(0, THREADS.getThreadAllocatedBytes(thread.getThreadId()));
      }
    }
    return spent;
  }

  double cpu() {
    return median(cpu);
  }

  double bytes() {
    return median(bytes);
  }

  double elapsed() {
    return median(elapsed);
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(Double.NaN);
  }
}
