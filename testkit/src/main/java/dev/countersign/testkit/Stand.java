package dev.countersign.testkit;

import dev.countersign.spi.DecisionEvent;
import java.io.IOException;
import java.util.Optional;
import org.opentest4j.TestAbortedException;

/**
 * A running server with everything that belongs to it.
 *
 * @param application what must not run without a good token
 * @param listener what the engine has decided; empty if it decides in another process
 * @param server the server; its end is the end of the engine too
 */
record Stand(Observed application, Optional<RecordingListener> listener, RunningServer server) {

  /** The newest decision; empty if it is made in another process. */
  Optional<DecisionEvent> decision() {
    return listener.map(RecordingListener::last);
  }

  /** What the engine has decided; aborts the test if that cannot be known. */
  RecordingListener decisions() {
    return listener.orElseThrow(
        () -> new TestAbortedException("the decisions are made in another process"));
  }

  RawResponse send(RawRequest request) throws IOException {
    return RawHttp.exchange(server.uri(), request);
  }

  RawHttp connect() throws IOException {
    return RawHttp.connect(server.uri());
  }

  void clear() {
    application.clear();
    listener.ifPresent(RecordingListener::clear);
  }

  void stop() throws Exception {
    server.stop().close();
  }
}
