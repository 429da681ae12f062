package dev.countersign.testkit;

import dev.countersign.ResourceServer;
import java.io.IOException;

/**
 * A running server with everything that belongs to it.
 *
 * @param engine the engine in front of the application
 * @param application what must not run without a good token
 * @param decisions what the engine has decided
 * @param server the server
 */
record Stand(
    ResourceServer engine,
    ProbeApplication application,
    RecordingListener decisions,
    RunningServer server) {

  RawResponse send(RawRequest request) throws IOException {
    return RawHttp.exchange(server.uri(), request);
  }

  RawHttp connect() throws IOException {
    return RawHttp.connect(server.uri());
  }

  void clear() {
    application.clear();
    decisions.clear();
  }

  void stop() throws Exception {
    server.stop().close();
    engine.close();
  }
}
