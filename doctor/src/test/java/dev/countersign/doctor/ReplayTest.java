package dev.countersign.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.doctor.check.Site;
import dev.countersign.doctor.client.Client;
import dev.countersign.doctor.client.Replay;
import dev.countersign.doctor.wire.Caller;
import dev.countersign.testkit.BrokenServer;
import dev.countersign.testkit.Flaw;
import java.io.IOException;
import java.net.ProxySelector;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReplayTest {

  private static Replay replay(Client client, Flaw... flaws) throws IOException {
    try (BrokenServer server = BrokenServer.start("good-token", flaws);
        Caller caller = new Caller(() -> {}, ProxySelector.of(null))) {
      Site site =
          new Site(server.url(), caller, Site.Means.NONE, InstantSource.fixed(Instant.EPOCH));
      return Replay.of(client, site);
    }
  }

  private static Set<String> stopped(Flaw flaw) throws IOException {
    Set<String> stopped = new java.util.TreeSet<>();
    for (Client client : Client.values()) {
      if (replay(client, flaw).stopped().isPresent()) {
        stopped.add(client.title());
      }
    }
    return stopped;
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void everyClientReachesTheLoginOfAGoodServer(Client client) throws IOException {
    Replay replay = replay(client);
    assertEquals(Optional.empty(), replay.stopped(), () -> replay.steps().toString());
    assertTrue(replay.steps().get(replay.steps().size() - 1).startsWith("opens http"));
  }

  @Test
  void stopsThoseWhoWantPkce() throws IOException {
    assertEquals(Set.of("chat-ui", "csharp-sdk", "go-sdk", "ruby-sdk"), stopped(Flaw.NO_PKCE));
  }

  @Test
  void stopsThoseWhoWantAMediaType() throws IOException {
    assertEquals(Set.of("go-sdk", "toolhive"), stopped(Flaw.METADATA_AS_TEXT));
  }

  @Test
  void stopsEverybodyBeforeMetadataThatNeedsAToken() throws IOException {
    assertEquals(
        Arrays.stream(Client.values()).map(Client::title).collect(Collectors.toSet()),
        stopped(Flaw.METADATA_GUARDED));
  }

  @Test
  void stopsOnlyTheOneThatGivesUpOnTheScheme() throws IOException {
    assertEquals(Set.of("toolhive"), stopped(Flaw.LOWER_CASE_SCHEME));
  }
}
