package dev.countersign.agent.adapter.tomcat;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.coyote.AbstractProcessor;
import org.apache.coyote.ActionCode;
import org.apache.tomcat.util.net.SocketEvent;

/**
 * Ends one response of HTTP/2, whose connection has others, by a reset of its stream: what the
 * application writes afterwards fails. Thread-safe, as Tomcat's own resets are, which come from
 * threads of the stream and of the connection.
 *
 * @param processor of the stream, and of no other
 */
record StreamReset(AbstractProcessor processor) implements Runnable {

  private static final Hidden STREAM = Hidden.field("StreamProcessor", "stream");
  private static final Hidden NUMBER = Hidden.method("AbstractStream", "getIdAsInt");
  private static final Hidden STATE = Hidden.field("AbstractNonZeroStream", "state");
  private static final Hidden CAN_WRITE = Hidden.method("Stream", "canWrite");
  private static final Hidden WAKE = Hidden.method("Stream", "cancelAllocationRequests");
  private static final Hidden CONNECTION = Hidden.field("Stream", "handler");
  private static final Hidden CLOSE = Hidden.method("StreamStateMachine", "sendReset");
  private static final Hidden SEND = Hidden.method("Http2UpgradeHandler", "sendStreamReset");
  private static final Hidden REASON = Hidden.constructor("StreamException", 3);
  private static final Hidden CANCEL = Hidden.field("Http2Error", "CANCEL");
  private static final Hidden OVERHEAD = Hidden.field("Http2UpgradeHandler", "overheadCount");
  private static final Hidden SETTINGS = Hidden.method("Http2UpgradeHandler", "getProtocol");
  private static final Optional<Hidden> PRICE =
      Hidden.methodIfAny("Http2Protocol", "getOverheadResetFactor");
  private static final Hidden DISPATCH = Hidden.method("StreamProcessor", "processSocketEvent");

  @Override
  public void run() {
    Object stream = STREAM.of(processor);
    try {
      // What is over needs no reset.
      if ((boolean) CAN_WRITE.of(stream)) {
        reset(stream);
      }
    } finally {
      // A thread that waits until the client takes more sees it when it is woken; where there is no
      // thread, Tomcat tells the application.
      WAKE.call(stream);
      AtomicBoolean isAsync = new AtomicBoolean();
      processor.action(ActionCode.ASYNC_IS_ASYNC, isAsync);
      if (isAsync.get()) {
        DISPATCH.call(processor, SocketEvent.ERROR, true);
      }
    }
  }

  private static void reset(Object stream) {
    Object connection = CONNECTION.of(stream);
    Object state = STATE.of(stream);
    Object reason = REASON.of("ended from outside", CANCEL.of(), NUMBER.of(stream));
    PRICE.ifPresent(price -> giveBack(connection, price));
    // Before 9.0.57 the state is another matter than the frame.
    if (SEND.arity() == 2) {
      CLOSE.call(state);
      SEND.call(connection, reason);
    } else {
      SEND.call(connection, state, reason);
    }
  }

  /**
   * Tomcat counts a reset against the client, and ends a connection that has too many. This one is
   * not the client's doing, nor is the second one, which Tomcat sends when it comes to the end of
   * the exchange.
   */
  private static void giveBack(Object connection, Hidden price) {
    int reset = (int) price.of(SETTINGS.of(connection));
    ((AtomicLong) OVERHEAD.of(connection)).addAndGet(-2L * reset);
  }
}
