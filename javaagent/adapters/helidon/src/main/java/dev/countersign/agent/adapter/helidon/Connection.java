package dev.countersign.agent.adapter.helidon;

import java.nio.charset.StandardCharsets;

/** Writes to a connection of HTTP/1.1, past any response. Thread-safe. */
final class Connection {

  private final Operation writer = Operation.of("webserver.ConnectionContext", "dataWriter");
  private final Operation write =
      Operation.of(
          "common.buffers.DataWriter", "writeNow", Operation.type("common.buffers.BufferData"));
  private final Operation buffer =
      Operation.of("common.buffers.BufferData", "create", byte[].class);

  /** Writes and flushes. */
  void write(Object connection, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    write.on(writer.on(connection), buffer.on(null, (Object) bytes));
  }
}
