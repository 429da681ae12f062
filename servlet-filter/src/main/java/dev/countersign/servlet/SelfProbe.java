package dev.countersign.servlet;

import dev.countersign.ResourceServer;
import dev.countersign.config.ResourceServerConfig;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets the engine call its own server once for each configuration. Only a request shows where the
 * server listens, so that the first one begins it; the call itself is a later one. Thread-safe.
 */
final class SelfProbe {

  // Anything else would be looked up.
  private static final Pattern LITERAL =
      Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.%\\w]*");

  private final AtomicReference<@Nullable ResourceServerConfig> probed = new AtomicReference<>();

  private final Executor executor;

  SelfProbe() {
    this(SelfProbe::onThread);
  }

  SelfProbe(Executor executor) {
    this.executor = executor;
  }

  private static void onThread(Runnable task) {
    Thread thread = new Thread(task, "countersign-self-check");
    thread.setDaemon(true);
    thread.start();
  }

  void begin(HttpServletRequest request, ResourceServer engine) {
    ResourceServerConfig config = engine.config();
    if (probed.get() == config || probed.getAndSet(config) == config || !config.selfCheck()) {
      return;
    }
    int port = request.getLocalPort();
    if (port <= 0) {
      // No socket of the internet.
      return;
    }
    InetSocketAddress server = new InetSocketAddress(address(request.getLocalAddr()), port);
    String contextPath = String.valueOf(request.getContextPath());
    executor.execute(() -> engine.probe(server, contextPath));
  }

  // Of this machine, whatever a proxy has made the container believe.
  private static InetAddress address(@Nullable String text) {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    if (text == null || !LITERAL.matcher(text).matches()) {
      return loopback;
    }
    try {
      InetAddress address = InetAddress.getByName(text);
      return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null
          ? address
          : loopback;
    } catch (UnknownHostException | SocketException e) {
      return loopback;
    }
  }
}
