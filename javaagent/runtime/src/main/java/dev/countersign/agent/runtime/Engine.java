package dev.countersign.agent.runtime;

import dev.countersign.ResourceServer;
import dev.countersign.config.Mode;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.config.TokenPassthrough;
import dev.countersign.spi.Exchange;
import dev.countersign.spi.Finding;
import dev.countersign.spi.ResponseHead;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * The engine as adapters see it. It starts with the first request, which is the agent's own probe
 * of the first port: before that, the application has not set its logging up. Until it stands,
 * requests wait a little and are then refused. Thread-safe.
 */
public final class Engine {

  private static final long PATIENCE_SECONDS = 10;
  private static final int WORKERS = 16;
  private static final int WAITING = 1024;

  private final ResourceServerConfig config;
  private final CompletableFuture<ResourceServer> server = new CompletableFuture<>();
  private final AtomicBoolean started = new AtomicBoolean();
  private final ThreadPoolExecutor workers;
  private final Ports ports;
  private final Optional<IncomingTokens> incoming;
  private final Optional<OutgoingCalls> outgoing;

  Engine(ResourceServerConfig config) {
    this.config = config;
    this.ports = new Ports(config, this::check);
    this.incoming =
        config.tokenPassthrough() == TokenPassthrough.OFF
            ? Optional.empty()
            : Optional.of(new IncomingTokens(config.maxTokenLength(), System::nanoTime));
    this.outgoing = incoming.isPresent() ? Optional.of(outgoing(incoming.get())) : Optional.empty();
    AtomicInteger number = new AtomicInteger();
    this.workers =
        new ThreadPoolExecutor(
            WORKERS,
            WORKERS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            task -> thread(task, "countersign-" + number.incrementAndGet()));
    workers.allowCoreThreadTimeOut(true);
  }

  private OutgoingCalls outgoing(IncomingTokens tokens) {
    return new OutgoingCalls(
        tokens,
        OutgoingCalls.blocks(config),
        config.clock(),
        // A token is known, so there is an engine.
        found -> server.join().report(found));
  }

  /**
   * What looks at the requests that leave.
   *
   * @return it
   * @throws java.util.NoSuchElementException if nobody looks, so that no adapter for it is made
   */
  public OutgoingCalls outgoing() {
    return outgoing.orElseThrow();
  }

  Ports ports() {
    return ports;
  }

  // Without waiting for it.
  private void start() {
    if (!started.get() && started.compareAndSet(false, true)) {
      try {
        thread(this::create, "countersign-start").start();
      } catch (OutOfMemoryError e) {
        // There is no thread for it now, so this request is refused; another one may bring one.
        started.set(false);
      }
    }
  }

  private void create() {
    try {
      ResourceServer ready = ResourceServer.create(config);
      if (config.strictStart()) {
        // It takes some seconds if an authorization server is slow; requests wait or get a 503.
        ready.startCheck();
        handleRefusal(ready);
      }
      server.complete(ready);
      if (!config.strictStart()) {
        ready.startCheck();
      }
    } catch (RuntimeException | Error e) {
      server.completeExceptionally(e);
      throw e;
    }
  }

  /** Calls a port that is guarded, to see that its answers are what clients expect. */
  void check(InetSocketAddress port) {
    // Its guard has been asked, so that the engine is being made. If it cannot be made, the thread
    // that tried has told why.
    server
        .handle((ready, failure) -> Optional.ofNullable(ready))
        .join()
        .filter(ready -> !ready.isRefusing())
        .ifPresent(
            ready -> {
              ready.probe(port, "");
              handleRefusal(ready);
            });
  }

  private void handleRefusal(ResourceServer ready) {
    if (ready.isRefusing()) {
      String errors =
          ready.findings().stream()
              .filter(finding -> finding.level() == Finding.Level.ERROR)
              .map(Finding::toString)
              .collect(Collectors.joining("; "));
      FailureHandling.of(config.onStartupFailure()).handle("strict-start: " + errors);
    }
  }

  // The application's loader must not be held by a thread of ours.
  private static Thread thread(Runnable task, String name) {
    Thread thread = new Thread(null, task, name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(Engine.class.getClassLoader());
    return thread;
  }

  /**
   * Answers the exchange, or admits it. It may block, for the start of the engine or a fetch of
   * keys: an event loop calls {@link #judge}.
   *
   * @param exchange the request and the way to its response
   * @return true when the application must handle it now; false when it has been answered
   * @throws IOException if the answer cannot be written
   */
  public boolean admit(Exchange exchange) throws IOException {
    // Whatever comes of it: a guard that refuses everything stands there too.
    ports.judged(exchange);
    Optional<ResourceServer> ready = ready();
    if (ready.isEmpty()) {
      return refuse(exchange);
    }
    // Read before the verdict, behind which the application may see it no more.
    Optional<String> token = presented(exchange);
    boolean admitted = ready.get().admit(exchange);
    remember(token, admitted);
    return admitted;
  }

  // Waits for it; empty if it does not come.
  private Optional<ResourceServer> ready() {
    try {
      start();
      return Optional.of(server.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException | TimeoutException e) {
      return Optional.empty();
    }
  }

  private Optional<String> presented(Exchange exchange) {
    return incoming.flatMap(tokens -> tokens.presented(exchange));
  }

  // Others than the application's are nothing that it could send on.
  private void remember(Optional<String> token, boolean admitted) {
    if (admitted && token.isPresent()) {
      incoming.ifPresent(tokens -> tokens.add(token.get()));
    }
  }

  /**
   * Answers the exchange, or admits it, for a server whose threads must not block. Where that is
   * possible without asking anybody it is done at once; otherwise the exchange is used on a thread
   * of the agent, which may block. None of them waits for a body that is a {@link
   * dev.countersign.spi.ArrivingBody}: they are few, and a client may stop sending.
   *
   * @param exchange the request and the way to its response
   * @return true when the application must handle it now; false when it has been answered; an
   *     exception when neither is so, and the connection must be ended. It is completed on any
   *     thread, and often is already
   */
  public CompletableFuture<Boolean> judge(Exchange exchange) {
    CompletableFuture<Boolean> verdict = new CompletableFuture<>();
    try {
      ports.judged(exchange);
      Optional<Boolean> atOnce = atOnce(exchange);
      if (atOnce.isPresent()) {
        verdict.complete(atOnce.get());
      } else {
        workers.execute(() -> judge(exchange, verdict));
      }
    } catch (RejectedExecutionException e) {
      complete(verdict, () -> isReady() ? server.join().unjudged(exchange) : refuse(exchange));
    } catch (IOException | RuntimeException | Error e) {
      verdict.completeExceptionally(e);
    }
    return verdict;
  }

  private void judge(Exchange exchange, CompletableFuture<Boolean> verdict) {
    try {
      Optional<ResourceServer> ready = ready();
      if (ready.isEmpty()) {
        verdict.complete(refuse(exchange));
        return;
      }
      Optional<String> token = presented(exchange);
      var unused =
          ready
              .get()
              .admit(exchange, workers)
              .whenComplete(
                  (admitted, failure) -> {
                    if (failure == null) {
                      remember(token, admitted);
                      verdict.complete(admitted);
                    } else {
                      verdict.completeExceptionally(failure);
                    }
                  });
    } catch (IOException | RuntimeException | Error e) {
      verdict.completeExceptionally(e);
    }
  }

  private boolean isReady() {
    return server.isDone() && !server.isCompletedExceptionally();
  }

  private Optional<Boolean> atOnce(Exchange exchange) throws IOException {
    if (!isReady()) {
      return Optional.empty();
    }
    Optional<String> token = presented(exchange);
    Optional<Boolean> verdict = server.join().admitAtOnce(exchange);
    remember(token, verdict.orElse(false));
    return verdict;
  }

  private static void complete(CompletableFuture<Boolean> verdict, Callable<Boolean> question) {
    try {
      verdict.complete(question.call());
    } catch (Exception | Error e) {
      verdict.completeExceptionally(e);
    }
  }

  /**
   * Puts the head of an application's response right, just before it leaves. Never blocks, never
   * throws.
   *
   * @param request the request; its method, path, query and fields are read
   * @param head the head of the response
   */
  public void complete(Exchange request, ResponseHead head) {
    // Without an engine nothing but the 503 of this class can leave.
    if (isReady()) {
      server.join().complete(request, head);
    }
  }

  /**
   * Tells that the heads of a server's responses cannot be completed, in the modes that are about
   * that.
   *
   * @param server the server, and which versions of it
   */
  public void cannotComplete(String server) {
    if (config.mode() != Mode.ENFORCE) {
      warn("challenges of " + server + " are neither looked at nor put right");
    }
  }

  /**
   * Tells that something beside what an adapter guards is open.
   *
   * @param what what is open
   */
  public void cannotGuard(String what) {
    warn(what + " is not guarded");
  }

  private static void warn(String message) {
    System.getLogger("dev.countersign.agent").log(Level.WARNING, message);
  }

  /**
   * Refuses with 503 what cannot be judged.
   *
   * @param exchange the exchange
   * @return false
   * @throws IOException if the answer cannot be written
   */
  public boolean refuse(Exchange exchange) throws IOException {
    exchange.send(ResourceServer.unavailable());
    return false;
  }
}
