package dev.countersign.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.internal.FetchResult.Cause;
import dev.countersign.internal.FetchResult.Failed;
import dev.countersign.internal.FetchResult.Fetched;
import dev.countersign.internal.HttpFetcher.Limits;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever becomes of the client of the JDK, documents can be fetched again. */
@Timeout(60)
class HttpFetcherClientTest {

  private static final Limits LIMITS = new Limits(Duration.ofSeconds(5), 1024, true, false);

  /** No thread can be started for the selector of a client, which would end by that. */
  private static final class ShortPool extends ThreadPoolExecutor {

    private final AtomicInteger failed = new AtomicInteger();

    ShortPool() {
      super(0, 64, 1, TimeUnit.MINUTES, new SynchronousQueue<>(), new DaemonThreads("short"));
    }

    @Override
    public void execute(Runnable task) {
      if (isSelector(Thread.currentThread())) {
        failed.incrementAndGet();
        throw new InternalError("unable to create native thread");
      }
      super.execute(task);
    }
  }

  private static boolean isSelector(Thread thread) {
    return thread.getName().endsWith("SelectorManager");
  }

  private static RawServer server() {
    return RawServer.serving("Content-Type: application/json\r\n", "{}");
  }

  @Test
  void fetchesWhileTheClientGetsNoThread() {
    ShortPool threads = new ShortPool();
    try (RawServer server = server();
        HttpFetcher fetcher =
            new HttpFetcher(LIMITS, Optional.empty(), InetAddress::getAllByName, threads)) {
      assertInstanceOf(Fetched.class, fetcher.get(server.uri()));
      assertInstanceOf(Fetched.class, fetcher.get(server.uri()));
      assertTrue(threads.failed.get() > 0);
    }
  }

  private static Set<Thread> selectors() {
    Set<Thread> selectors = new HashSet<>(Thread.getAllStackTraces().keySet());
    selectors.removeIf(thread -> !isSelector(thread));
    return selectors;
  }

  @Test
  void aClientWhoseThreadHasEndedIsReplaced() throws Exception {
    Set<Thread> others = selectors();
    Limits hasty = new Limits(Duration.ofSeconds(2), 1024, true, false);
    try (RawServer server = server();
        HttpFetcher fetcher = new HttpFetcher(hasty)) {
      fetcher.prepare();
      Set<Thread> mine = selectors();
      mine.removeAll(others);
      assertEquals(1, mine.size());
      Thread selector = mine.iterator().next();
      selector.interrupt();
      selector.join();

      // One fetch may be needed to find out.
      FetchResult first = fetcher.get(server.uri());
      FetchResult second = fetcher.get(server.uri());
      assertInstanceOf(Fetched.class, second, () -> first + ", then " + second);
    }
  }

  @Test
  void aServerThatStaysSilentDoesNotCostTheClient() {
    CountDownLatch end = new CountDownLatch(1);
    Set<Thread> others = selectors();
    Limits hasty = new Limits(Duration.ofMillis(300), 1024, true, false);
    try (RawServer silent = new RawServer(out -> end.await());
        HttpFetcher fetcher = new HttpFetcher(hasty)) {
      fetcher.prepare();
      Set<Thread> before = selectors();
      assertEquals(new Failed(Cause.DEADLINE), fetcher.get(silent.uri()));
      assertEquals(new Failed(Cause.DEADLINE), fetcher.get(silent.uri()));

      Set<Thread> after = selectors();
      after.removeAll(others);
      assertTrue(before.containsAll(after), after::toString);
    } finally {
      end.countDown();
    }
  }

  @Test
  void oneClientServesUntilItIsDiscarded() {
    try (ClientSlot slot = new ClientSlot(HttpClient::newHttpClient)) {
      HttpClient first = slot.current();
      assertSame(first, slot.current());

      slot.discard(first);
      HttpClient second = slot.current();
      assertNotSame(first, second);

      slot.discard(first);
      assertSame(second, slot.current());
    }
  }
}
