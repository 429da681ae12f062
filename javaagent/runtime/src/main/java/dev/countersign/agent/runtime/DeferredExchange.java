package dev.countersign.agent.runtime;

import dev.countersign.http.Response;
import dev.countersign.oauth.AccessToken;
import dev.countersign.spi.Admission;
import dev.countersign.spi.Exchange;
import dev.countersign.spi.Lease;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An exchange of a server with event loops: what the engine says, on whatever thread, is kept until
 * the loop of the exchange acts on it. Thread-safe if what the subclass reads of the request is.
 */
public abstract class DeferredExchange implements Exchange {

  private final RequestTarget target;
  private volatile @Nullable Admission admission;
  private volatile @Nullable Response answer;

  /**
   * For the subclass.
   *
   * @param target the target of the request, as it was received
   */
  protected DeferredExchange(String target) {
    this.target = RequestTarget.of(target);
  }

  @Override
  public final String path() {
    return target.path();
  }

  @Override
  public final String query() {
    return target.query();
  }

  @Override
  public Optional<String> authority() {
    return target.authority();
  }

  @Override
  public void send(Response response) {
    this.answer = response;
  }

  @Override
  public final void accept(Admission accepted) {
    this.admission = accepted;
  }

  @Override
  public final boolean hasHiddenCredentials() {
    return token().isPresent();
  }

  @Override
  public final Lease lease() {
    Admission accepted = admission;
    return accepted == null ? Lease.NONE : accepted.lease();
  }

  /**
   * The token with which the application gets this exchange.
   *
   * @return empty for an exchange without one, and before the verdict
   */
  public final Optional<AccessToken> token() {
    Admission accepted = admission;
    return accepted == null ? Optional.empty() : accepted.accessToken();
  }

  /**
   * How it was admitted.
   *
   * @return what the engine has said
   * @throws NullPointerException if it was not admitted: nothing must go on then
   */
  protected final Admission admission() {
    return Objects.requireNonNull(admission);
  }

  /**
   * How it was answered.
   *
   * @return what the engine has said
   * @throws NullPointerException if it has not
   */
  protected final Response answer() {
    return Objects.requireNonNull(answer);
  }

  /**
   * Whether the response is the engine's own.
   *
   * @return true if so
   */
  public final boolean isAnswered() {
    return answer != null;
  }
}
