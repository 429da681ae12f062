package dev.countersign;

import dev.countersign.config.Mode;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.mcp.BodyFields;
import dev.countersign.mcp.JsonRpcBody;
import dev.countersign.oauth.Denial;
import dev.countersign.spi.ArrivingBody;
import dev.countersign.spi.Exchange;
import dev.countersign.spi.ReplayableBody;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** Reads the bodies of exchanges, within the limits of one body and of all together. */
final class BodyReading {

  // As many digits as surely fit.
  private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");

  private final int maxSize;
  private final BodyMemory memory;
  private final BodyTimer timer;

  BodyReading(ResourceServerConfig config) {
    this(config, BodyTimer.ofOneThread());
  }

  BodyReading(ResourceServerConfig config, BodyTimer timer) {
    this.timer = timer;
    this.maxSize = config.maxBodySize();
    // What has been read of a body that is given up cannot reach the application any more.
    this.memory =
        config.mode() == Mode.REPORT_ONLY
            ? BodyMemory.unlimited(config.clock())
            : new BodyMemory(config.bodyMemory(), config.clock());
  }

  BodyMemory memory() {
    return memory;
  }

  /**
   * What the body calls, or why it is refused.
   *
   * @throws BodyAwaitedException if it has to arrive first, for which nobody waits
   */
  JsonRpcBody of(Exchange exchange) {
    return exchange instanceof ReadExchange known
        ? known.body(this::read, this::arrived)
        : read(exchange);
  }

  private JsonRpcBody arrived(Exchange exchange, AwaitedBody body) {
    try {
      return message(BodyFields.of(exchange::headers), body.content());
    } catch (IOException e) {
      return new JsonRpcBody.Refused(kindOf(e));
    } finally {
      // Before there is an answer, so that the client's next body finds room.
      body.close();
    }
  }

  private JsonRpcBody read(Exchange exchange) {
    Optional<ReplayableBody> body = exchange.body();
    if (body.isEmpty()) {
      return new JsonRpcBody.Refused(Denial.BODY_UNREADABLE);
    }
    for (String length : exchange.headers("Content-Length")) {
      if (isTooLong(length)) {
        return new JsonRpcBody.Refused(Denial.BODY_TOO_LARGE);
      }
    }
    BodyFields fields = BodyFields.of(exchange::headers);
    if (!JsonRpcBody.hasType(fields)) {
      return new JsonRpcBody.Refused(Denial.BODY_TYPE);
    }
    if (body.get() instanceof ArrivingBody arriving) {
      throw new BodyAwaitedException(
          AwaitedBody.begin(arriving, maxSize + 1, memory.lend(), timer));
    }
    try (BodyMemory.Loan loan = memory.lend()) {
      return message(fields, body.get().read(maxSize + 1, loan));
    } catch (IOException e) {
      return new JsonRpcBody.Refused(kindOf(e));
    }
  }

  private JsonRpcBody message(BodyFields fields, byte[] content) {
    return content.length > maxSize
        ? new JsonRpcBody.Refused(Denial.BODY_TOO_LARGE)
        : JsonRpcBody.read(fields, content);
  }

  private boolean isTooLong(String contentLength) {
    return LENGTH.matcher(contentLength).matches() && Long.parseLong(contentLength) > maxSize;
  }

  // Containers say in several ways that they have waited long enough.
  private static Denial kindOf(IOException e) {
    if (e instanceof BodyMemory.RefusedException refused) {
      return refused.why();
    }
    return e instanceof InterruptedIOException || e.getCause() instanceof TimeoutException
        ? Denial.BODY_TOO_SLOW
        : Denial.BODY_INCOMPLETE;
  }
}
