package dev.countersign.config;

import dev.countersign.config.SettingTest.Row;
import java.time.Duration;
import java.util.stream.Stream;

/** The settings of sessions and streams, for {@link SettingTest}. */
final class SessionSettingRows {

  private SessionSettingRows() {}

  static Stream<Row> rows() {
    return Stream.of(
        new Row(
            Setting.SESSION_BINDING,
            "session-binding",
            config -> config.sessions().binding(),
            true,
            "false",
            false,
            "off",
            "expected true or false"),
        new Row(
            Setting.SESSION_LIFE,
            "session-life",
            config -> config.sessions().life(),
            Duration.ofDays(7),
            "PT1M",
            Duration.ofMinutes(1),
            "PT59S",
            "expected an ISO-8601 duration such as P7D, from PT1M to P365D"),
        new Row(
            Setting.END_STREAMS,
            "end-streams",
            config -> config.sessions().endStreams(),
            EndStreams.LISTEN,
            "all",
            EndStreams.ALL,
            "All",
            "expected listen, all or none"),
        new Row(
            Setting.MAX_STREAMS,
            "max-streams-per-principal",
            config -> config.sessions().maxStreams(),
            100,
            "100000",
            100_000,
            "100001",
            "expected a whole number from 0 to 100000"));
  }
}
