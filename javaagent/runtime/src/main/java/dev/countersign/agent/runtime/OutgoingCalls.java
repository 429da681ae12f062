package dev.countersign.agent.runtime;

import dev.countersign.config.Mode;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.config.TokenPassthrough;
import dev.countersign.spi.Passthrough;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Looks at the requests that leave this JVM for tokens that have come in. Only their heads: a token
 * in a body goes to where tokens are exchanged or introspected (RFC 8693, RFC 7662), so the
 * engine's own requests are never found. Thread-safe.
 */
public final class OutgoingCalls {

  static final String REFUSAL =
      "not sent: the request carries the access token of a client, which must not be passed on";

  private static final String UNREADABLE =
      "not sent: the request cannot be searched for access tokens of clients";

  private final IncomingTokens tokens;
  private final boolean blocks;
  private final Clock clock;
  private final Consumer<Passthrough> told;
  private final Set<String> unreadable = ConcurrentHashMap.newKeySet();

  OutgoingCalls(IncomingTokens tokens, boolean blocks, Clock clock, Consumer<Passthrough> told) {
    this.tokens = tokens;
    this.blocks = blocks;
    this.clock = clock;
    this.told = told;
  }

  /** Whether what is found is not sent. A mode that changes nothing blocks nothing. */
  static boolean blocks(ResourceServerConfig config) {
    return config.tokenPassthrough() == TokenPassthrough.BLOCK && config.mode() != Mode.REPORT_ONLY;
  }

  /**
   * Looks at one request, and reports what is found.
   *
   * @param client the HTTP client, as people call it
   * @param request reads the request; what it throws never reaches the application
   * @throws IOException if the request must not be sent; the message is a fixed sentence
   */
  public void check(String client, Supplier<OutgoingCall> request) throws IOException {
    OutgoingCall call;
    boolean found;
    try {
      call = request.get();
      found = isCarrying(call);
    } catch (RuntimeException | LinkageError e) {
      cannotRead(client, e);
      return;
    }
    if (found) {
      told.accept(new Passthrough(clock.instant(), client, call.host(), blocks));
      if (blocks) {
        throw new IOException(REFUSAL);
      }
    }
  }

  private boolean isCarrying(OutgoingCall call) {
    return call.fields().stream().anyMatch(value -> TokenSearch.anyInField(value, tokens::contains))
        || TokenSearch.anyInQuery(call.query(), tokens::contains);
  }

  // A version of a client that looks otherwise than those that the adapter was made for.
  private void cannotRead(String client, Throwable fault) throws IOException {
    if (unreadable.add(client)) {
      Logger log = System.getLogger("dev.countersign.agent");
      String what = fault.getClass().getName();
      log.log(Level.WARNING, "requests of {0} cannot be searched for tokens: {1}", client, what);
    }
    if (blocks) {
      throw new IOException(UNREADABLE);
    }
  }
}
