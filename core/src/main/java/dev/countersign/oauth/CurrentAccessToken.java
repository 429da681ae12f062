package dev.countersign.oauth;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The access token of the request that the current thread works for: who the user is, wherever the
 * request itself is out of reach.
 *
 * <pre>
 * String user = CurrentAccessToken.value().subject();
 *
 * Executor tools = CurrentAccessToken.carriedByTasksOf(Executors.newVirtualThreadPerTaskExecutor());
 * tools.execute(() -&gt; audit(CurrentAccessToken.value()));
 * </pre>
 *
 * <p>No thread inherits it: a pool would give the user of one request to another. What is to run on
 * another thread, virtual ones included, is handed over {@linkplain #carriedBy by one of these
 * methods} while the request is handled; the other thread has the token for that task only. A task
 * that was carried without a token runs without one, whatever the thread was left with.
 *
 * <p>Thread-safe.
 */
public final class CurrentAccessToken {

  private static final ThreadLocal<@Nullable AccessToken> CURRENT = new ThreadLocal<>();

  private CurrentAccessToken() {}

  /**
   * The token.
   *
   * @return the token of the request that this thread works for
   * @throws IllegalStateException if there is none: the path is public, the request is not judged,
   *     or the work was not carried to this thread
   */
  public static AccessToken value() {
    return ifAny()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "this thread works for no request with an access token; carry the work to it by"
                        + " CurrentAccessToken.carriedBy"));
  }

  /**
   * The token, where there may be none.
   *
   * @return empty if this thread works for no request with a token
   */
  public static Optional<AccessToken> ifAny() {
    return Optional.ofNullable(CURRENT.get());
  }

  /**
   * Something that is done for a request, and may fail as it likes.
   *
   * @param <T> what comes of it
   * @param <E> how it may fail
   */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {

    /**
     * Does it.
     *
     * @return what comes of it
     * @throws E as it likes
     */
    T run() throws E;
  }

  /**
   * Works for a request on this thread, which afterwards is as it was.
   *
   * @param token the token of the request
   * @param work what to do
   * @param <T> what comes of it
   * @param <E> how it may fail
   * @return what comes of it
   * @throws E from the work
   */
  public static <T, E extends Exception> T during(AccessToken token, Work<T, E> work) throws E {
    return with(Objects.requireNonNull(token, "token"), work);
  }

  private static <T, E extends Exception> T with(@Nullable AccessToken token, Work<T, E> work)
      throws E {
    AccessToken before = CURRENT.get();
    set(token);
    try {
      return work.run();
    } finally {
      set(before);
    }
  }

  // A pooled thread keeps not even an empty entry.
  private static void set(@Nullable AccessToken token) {
    if (token == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(token);
    }
  }

  /**
   * A task with the token that is current now.
   *
   * @param task what is to run on another thread
   * @return the same with the token
   */
  public static Runnable carriedBy(Runnable task) {
    AccessToken token = CURRENT.get();
    return () ->
        with(
            token,
            () -> {
              task.run();
              return true;
            });
  }

  /**
   * A task with the token that is current now.
   *
   * @param task what is to run on another thread
   * @param <T> what comes of it
   * @return the same with the token
   */
  public static <T> Callable<T> carriedByCall(Callable<T> task) {
    AccessToken token = CURRENT.get();
    return () -> CurrentAccessToken.<T, Exception>with(token, task::call);
  }

  /**
   * An executor whose tasks have the token that is current where they are given to it.
   *
   * @param executor runs them
   * @return the same with the tokens
   */
  public static Executor carriedByTasksOf(Executor executor) {
    return task -> executor.execute(carriedBy(task));
  }
}
