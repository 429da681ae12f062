package dev.countersign.internal;

import dev.countersign.internal.FetchResult.Cause;
import dev.countersign.internal.FetchResult.Failed;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches small documents over https: no redirect, no proxy, no cookie, one deadline for everything
 * from the look-up of the name to the last byte, a limit on the content, and no private address
 * unless allowed. Thread-safe.
 *
 * <p>The addresses are judged before the client connects. The client looks the name up again, and
 * gets the same answer as long as the JVM caches it (the security property {@code
 * networkaddress.cache.ttl}, 30 s by default). If it gets another one all the same, the server
 * there has to prove by its certificate that it is the one of that name, before anything is sent.
 */
public final class HttpFetcher implements Fetcher, FormSender, AutoCloseable {

  private static final int GRACE_MILLIS = 500;

  private final Limits limits;
  private final Optional<ClientTls> tls;
  private final Lookups lookups;
  private final ExecutorService threads;
  private final ClientSlot client = new ClientSlot(this::newClient);
  private final ConcurrentMap<Object, CompletableFuture<?>> exchanges = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * What is allowed. Immutable.
   *
   * @param deadline for the whole of one fetch
   * @param maxBytes of content, inclusive
   * @param loopback whether the loopback may be asked, also by plain http; for development only
   * @param privateAddresses whether addresses that are not public may be asked, by https
   */
  public record Limits(
      Duration deadline, int maxBytes, boolean loopback, boolean privateAddresses) {

    /** Two seconds, 128 KiB, public addresses only. */
    public static final Limits DEFAULT =
        new Limits(Duration.ofSeconds(2), 128 * 1024, false, false);
  }

  /**
   * Makes a fetcher.
   *
   * @param limits what is allowed
   */
  public HttpFetcher(Limits limits) {
    this(limits, InetAddress::getAllByName);
  }

  /**
   * Makes a fetcher that shows a certificate.
   *
   * @param limits what is allowed
   * @param tls the certificate
   */
  public HttpFetcher(Limits limits, ClientTls tls) {
    this(limits, Optional.of(tls), InetAddress::getAllByName, newThreads());
  }

  HttpFetcher(Limits limits, Lookups.Resolver resolver) {
    this(limits, Optional.empty(), resolver, newThreads());
  }

  /** A fetcher that has its threads from a pool, which ends with it. */
  HttpFetcher(
      Limits limits, Optional<ClientTls> tls, Lookups.Resolver resolver, ExecutorService threads) {
    this.limits = limits;
    this.tls = tls;
    this.threads = threads;
    this.lookups = new Lookups(threads, resolver);
  }

  private static ExecutorService newThreads() {
    return Executors.newCachedThreadPool(new DaemonThreads("countersign-fetch"));
  }

  /** Loads what the first fetch needs, TLS for the most part, so that it does not count there. */
  public void prepare() {
    if (!closed) {
      var unused = client.current();
    }
  }

  /** What is sent, and which media types may come back. */
  private record Request(
      URI uri, UnaryOperator<HttpRequest.Builder> shape, Predicate<String> mediaType) {}

  @Override
  public FetchResult get(URI uri) {
    return fetch(
        new Request(
            uri, request -> request.header("Accept", "application/json"), Responses::isJson),
        end());
  }

  @Override
  public FetchResult post(FormRequest form) {
    Request request =
        new Request(form.uri(), to -> shape(to, form), type -> Responses.is(form.accept(), type));
    long end = end();
    FetchResult result = fetch(request, end);
    // An idle connection that the server closes at this very moment looks like this.
    boolean broken = result instanceof Failed failed && failed.cause() == Cause.CONNECTION;
    return broken ? fetch(request, end) : result;
  }

  private static HttpRequest.Builder shape(HttpRequest.Builder request, FormRequest form) {
    form.fields().forEach(request::header);
    return request
        .header("Accept", form.accept())
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(form.body()));
  }

  private long end() {
    return System.nanoTime() + limits.deadline().toNanos();
  }

  private FetchResult fetch(Request request, long end) {
    URI uri = request.uri();
    if (!isPlain(uri)) {
      return new Failed(Cause.URL);
    }
    if (closed) {
      return new Failed(Cause.CLOSED);
    }
    try {
      InetAddress[] addresses = await(lookups.lookUp(uri.getHost()), end);
      Optional<Cause> refused = refuse(uri, addresses);
      return refused.isPresent() ? new Failed(refused.get()) : exchange(request, end);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Failed(Cause.CLOSED);
    } catch (TimeoutException e) {
      return new Failed(Cause.DEADLINE);
    } catch (ExecutionException e) {
      return new Failed(causeOf(e.getCause()));
    } catch (RuntimeException e) {
      // Closed in the meantime, or an argument that the client does not like.
      return new Failed(Cause.CLOSED);
    }
  }

  private static boolean isPlain(URI uri) {
    String host = uri.getHost();
    return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
        && host != null
        && !host.endsWith(".")
        && uri.getRawUserInfo() == null
        && uri.getRawFragment() == null
        && uri.getPort() != 0
        && uri.getPort() <= 0xFFFF;
  }

  private Optional<Cause> refuse(URI uri, InetAddress[] addresses) {
    boolean plainHttp = "http".equals(uri.getScheme());
    for (InetAddress address : addresses) {
      if (limits.loopback() && address.isLoopbackAddress()) {
        continue;
      }
      if (plainHttp) {
        return Optional.of(Cause.URL);
      }
      if (!limits.privateAddresses() && !Addresses.isPublic(address)) {
        return Optional.of(Cause.PRIVATE_ADDRESS);
      }
    }
    return Optional.empty();
  }

  private FetchResult exchange(Request request, long end)
      throws InterruptedException, ExecutionException, TimeoutException {
    Duration left = Duration.ofNanos(Math.max(end - System.nanoTime(), 1));
    HttpRequest message =
        request.shape().apply(HttpRequest.newBuilder(request.uri())).timeout(left).build();
    CountDownLatch sign = new CountDownLatch(1);
    HttpClient used = client.current();
    CompletableFuture<HttpResponse<byte[]>> response =
        used.sendAsync(message, CappedBody.handler(limits.maxBytes(), sign::countDown));
    var unused = response.whenComplete((done, fault) -> sign.countDown());
    Object ticket = new Object();
    exchanges.put(ticket, response);
    try {
      return Responses.judge(await(response, end), request.mediaType());
    } catch (TimeoutException e) {
      // A client that lives tells by now that it has waited in vain for the response to begin.
      if (!sign.await(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
        client.discard(used);
      }
      throw e;
    } finally {
      exchanges.remove(ticket);
      // Hangs up, if the exchange is still going on.
      response.cancel(true);
    }
  }

  private HttpClient newClient() {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .executor(new ThreadsOrCaller(threads));
    tls.ifPresent(certificate -> builder.sslContext(certificate.context()));
    return builder.build();
  }

  private static <T> T await(CompletableFuture<T> future, long end)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.get(Math.max(end - System.nanoTime(), 0), TimeUnit.NANOSECONDS);
  }

  // Causes are nested, and the type that tells most may be anywhere in the chain.
  private static Cause causeOf(@Nullable Throwable fault) {
    for (Throwable at = fault; at != null; at = at.getCause()) {
      if (at instanceof CappedBody.TooLargeException) {
        return Cause.TOO_LARGE;
      }
      if (at instanceof SSLException) {
        return Cause.TLS;
      }
      if (at instanceof UnknownHostException || at instanceof UnresolvedAddressException) {
        return Cause.UNKNOWN_HOST;
      }
      if (at instanceof HttpTimeoutException) {
        return Cause.DEADLINE;
      }
      if (at instanceof RejectedExecutionException) {
        return Cause.CLOSED;
      }
    }
    return Cause.CONNECTION;
  }

  /** Ends every exchange and every thread. Fetches after this fail. */
  @Override
  public void close() {
    closed = true;
    exchanges.values().forEach(exchange -> exchange.cancel(true));
    client.close();
    threads.shutdownNow();
  }
}
