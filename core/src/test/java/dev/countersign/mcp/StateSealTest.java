package dev.countersign.mcp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.oauth.AccessToken;
import dev.countersign.oauth.Scope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateSealTest {

  private static final String CALL = "tools/call book_flight";
  private static final Duration LIFE = Duration.ofMinutes(10);
  private static final byte[] STATE = "step 2".getBytes(StandardCharsets.UTF_8);
  private static final AccessToken ALICE = token("https://id.example", "alice", "app");

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-07-28T12:00:00.5Z"));
  private final InstantSource clock = now::get;
  private final StateSeal seal = StateSeal.withRandomKey(clock);

  private static AccessToken token(String issuer, String subject, String client) {
    return new AccessToken(
        issuer,
        subject,
        Optional.of(client).filter(id -> !id.isEmpty()),
        List.of("https://mcp.example/mcp"),
        Scope.NONE,
        Instant.MAX,
        Map.of());
  }

  private boolean opens(String sealed, AccessToken owner, String request) {
    return seal.open(sealed, owner, request).isPresent();
  }

  @Test
  void N11_N12_opensWhatItHasSealed() {
    for (byte[] state : List.of(STATE, new byte[0], new byte[40_000])) {
      String sealed = seal.seal(state, ALICE, CALL, LIFE);

      assertTrue(sealed.matches("[A-Za-z0-9_-]+"));
      assertArrayEquals(state, seal.open(sealed, ALICE, CALL).orElseThrow());
    }
  }

  @Test
  void N12_rejectsEveryBitThatWasFlipped() {
    byte[] bytes = Base64.getUrlDecoder().decode(seal.seal(STATE, ALICE, CALL, LIFE));
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);

      assertFalse(
          opens(Base64.getUrlEncoder().withoutPadding().encodeToString(flipped), ALICE, CALL),
          "bit " + bit);
    }
  }

  @Test
  void N12_rejectsEveryOtherTextAndEveryLength() {
    String sealed = seal.seal(STATE, ALICE, CALL, LIFE);
    for (int length = 0; length < sealed.length(); length++) {
      assertFalse(opens(sealed.substring(0, length), ALICE, CALL), "length " + length);
    }
    for (int at = 0; at < sealed.length(); at++) {
      char other = sealed.charAt(at) == 'A' ? 'B' : 'A';
      assertFalse(
          opens(sealed.substring(0, at) + other + sealed.substring(at + 1), ALICE, CALL),
          "at " + at);
    }
    for (String text :
        List.of(
            sealed + "A",
            sealed + "=",
            " " + sealed,
            sealed + "\n",
            "?",
            "AQ",
            "A".repeat(70_000))) {
      assertFalse(opens(text, ALICE, CALL));
    }
  }

  // With 15 bytes the last character has two bits that mean nothing.
  @Test
  void N12_hasOneTextOnly() {
    String sealed = seal.seal(new byte[15], ALICE, CALL, LIFE);
    char last = sealed.charAt(sealed.length() - 1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    long accepted =
        alphabet
            .chars()
            .mapToObj(end -> sealed.substring(0, sealed.length() - 1) + (char) end)
            .filter(text -> opens(text, ALICE, CALL))
            .count();

    assertEquals(1, accepted, "last character " + last);
  }

  @Test
  void N10_N11_N13_opensForNobodyElse() {
    String sealed = seal.seal(STATE, ALICE, CALL, LIFE);
    for (AccessToken other :
        List.of(
            token("https://id.example", "bob", "app"),
            token("https://other.example", "alice", "app"),
            token("https://id.example", "alice", "other"),
            token("https://id.example", "alice", ""),
            // The same letters, parted in another way.
            token("https://id.examplea", "lice", "app"),
            token("https://id.example", "alicea", "pp"))) {
      assertFalse(opens(sealed, other, CALL));
    }
    assertTrue(opens(sealed, ALICE, CALL));
  }

  @Test
  void N13_opensForNoOtherRequest() {
    String sealed = seal.seal(STATE, ALICE, CALL, LIFE);
    for (String other : List.of("tools/call delete_account", "prompts/get book_flight", "", "x")) {
      assertFalse(opens(sealed, ALICE, other));
    }
  }

  @Test
  void N11_N13_opensUntilItExpires() {
    String sealed = seal.seal(STATE, ALICE, CALL, LIFE);

    now.set(Instant.parse("2026-07-28T12:09:59.999Z"));
    assertTrue(opens(sealed, ALICE, CALL));
    now.set(Instant.parse("2026-07-28T12:10:00Z"));
    assertFalse(opens(sealed, ALICE, CALL));
  }

  @Test
  void N11_isNeverTheSameText() {
    assertNotEquals(seal.seal(STATE, ALICE, CALL, LIFE), seal.seal(STATE, ALICE, CALL, LIFE));
  }

  @Test
  void N12_opensWithTheSameKeyOnly(@TempDir Path directory) throws IOException {
    Path file = Files.write(directory.resolve("key"), new byte[32]);
    Path other =
        Files.write(
            directory.resolve("other"), ("1" + "0".repeat(31)).getBytes(StandardCharsets.UTF_8));
    String sealed = StateSeal.withKeyFile(file, clock).seal(STATE, ALICE, CALL, LIFE);

    assertTrue(StateSeal.withKeyFile(file, clock).open(sealed, ALICE, CALL).isPresent());
    assertTrue(StateSeal.withKeyFile(other, clock).open(sealed, ALICE, CALL).isEmpty());
    assertFalse(opens(sealed, ALICE, CALL));
  }

  @Test
  void refusesABadKeyAndABadLife(@TempDir Path directory) throws IOException {
    Path shortKey = Files.write(directory.resolve("short"), new byte[31]);
    Path longKey = Files.write(directory.resolve("long"), new byte[4097]);
    for (Path file : List.of(shortKey, longKey, directory.resolve("none"))) {
      assertThrows(IllegalArgumentException.class, () -> StateSeal.withKeyFile(file, clock));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> seal.seal(STATE, ALICE, CALL, Duration.ofMillis(999)));
    assertThrows(
        IllegalArgumentException.class, () -> seal.seal(new byte[60_000], ALICE, CALL, LIFE));
    assertEquals("StateSeal[redacted]", seal.toString());
  }
}
