package dev.countersign.token;

import dev.countersign.internal.ClientTls;
import dev.countersign.internal.FetchResult;
import dev.countersign.internal.FormRequest;
import dev.countersign.internal.FormSender;
import dev.countersign.internal.HttpFetcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Posts forms over connections in which this resource server shows its certificate (RFC 8705
 * section 2). When the key store has changed, the next form goes over a connection with what it
 * holds now; while it cannot be opened, the last good one serves on. Thread-safe.
 */
final class MutualTlsSender implements FormSender, AutoCloseable {

  private static final int MAX_BYTES = 256 * 1024;

  private static final String PROBLEM =
      "expected a PKCS #12 file of at most "
          + MAX_BYTES
          + " bytes with one private key and its certificates, and its password";

  private final Path file;
  private final ClientSecret password;
  private final HttpFetcher.Limits limits;
  private final Consumer<String> alarm;
  private final ReentrantLock changing = new ReentrantLock();
  private volatile Store last;
  private volatile HttpFetcher fetcher;

  // Exchanges of the moment before may still run there.
  private Optional<HttpFetcher> retired = Optional.empty();

  /** A key store as it was read, whether it could be opened or not. */
  private static final class Store {

    private final byte[] content;
    private final String password;

    Store(Path file, ClientSecret password) throws IOException {
      try (var in = Files.newInputStream(file)) {
        content = in.readNBytes(MAX_BYTES + 1);
      }
      if (content.length > MAX_BYTES) {
        throw new IOException("too long");
      }
      this.password = password.text();
    }

    boolean isSame(Store other) {
      return Arrays.equals(content, other.content) && password.equals(other.password);
    }

    ClientTls open() throws GeneralSecurityException, IOException {
      return ClientTls.of(content, password);
    }
  }

  /**
   * A sender.
   *
   * @param file the key store
   * @param password its password
   * @param limits what is allowed
   * @param alarm is told when the key store cannot be opened any more
   * @throws IllegalArgumentException if it cannot be opened now
   */
  MutualTlsSender(
      Path file, ClientSecret password, HttpFetcher.Limits limits, Consumer<String> alarm) {
    this.file = file;
    this.password = password;
    this.limits = limits;
    this.alarm = alarm;
    try {
      this.last = new Store(file, password);
      this.fetcher = new HttpFetcher(limits, last.open());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException(PROBLEM, e);
    }
  }

  /** Refuses a key store that could not be used. */
  static void requireUsable(Path file, ClientSecret password) {
    new MutualTlsSender(file, password, HttpFetcher.Limits.DEFAULT, text -> {}).close();
  }

  @Override
  public FetchResult post(FormRequest request) {
    // One thread looks, the others go on with what is known.
    if (changing.tryLock()) {
      try {
        renewLocked();
      } finally {
        changing.unlock();
      }
    }
    return fetcher.post(request);
  }

  private void renewLocked() {
    try {
      Store now = new Store(file, password);
      if (now.isSame(last)) {
        return;
      }
      // What cannot be opened is not tried again before it has changed: opening takes its time.
      last = now;
      HttpFetcher newer = new HttpFetcher(limits, now.open());
      retired.ifPresent(HttpFetcher::close);
      retired = Optional.of(fetcher);
      fetcher = newer;
    } catch (GeneralSecurityException | IOException e) {
      alarm.accept("introspection-key-store cannot be opened; the last good one serves on");
    }
  }

  @Override
  public void close() {
    changing.lock();
    try {
      retired.ifPresent(HttpFetcher::close);
      fetcher.close();
    } finally {
      changing.unlock();
    }
  }
}
