package dev.countersign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionBindingsTest {

  private static final Duration LIFE = Duration.ofHours(1);

  private final SettableClock clock = new SettableClock();
  private final SessionBindings bindings = new SessionBindings(1000, 10, clock);

  private static Caller caller(String subject) {
    return new Caller(new Caller.User("id", "id", subject), Optional.of("client"));
  }

  private boolean knows(String id) {
    return bindings.use(id, LIFE).isPresent();
  }

  @Test
  void N09_MC18_aMillionSessionsTakeNoMoreRoomThanTheLimit() {
    for (int at = 0; at < 1_000_000; at++) {
      bindings.bind("s-" + at, caller("user-" + at % 1000), LIFE);
    }

    assertEquals(1000, bindings.size());
    assertFalse(knows("s-0"));
    assertTrue(knows("s-999999"));
  }

  @Test
  void MC18_whoHasTooManyLosesItsOwnLeastUsed() {
    bindings.bind("bobs", caller("bob"), LIFE);
    for (int at = 0; at < 10; at++) {
      bindings.bind("s-" + at, caller("alice"), LIFE);
    }
    assertTrue(knows("s-0"));
    bindings.bind("s-10", caller("alice"), LIFE);

    assertTrue(knows("s-0"));
    assertFalse(knows("s-1"));
    assertTrue(knows("bobs"));
  }

  @Test
  void MC18_otherClientsOfAUserHaveNoRoomOfTheirOwn() {
    for (int at = 0; at < 100; at++) {
      Caller.User alice = new Caller.User("id", "id", "alice");
      bindings.bind("s-" + at, new Caller(alice, Optional.of("client-" + at)), LIFE);
    }

    assertEquals(10, bindings.size());
  }

  @Test
  void N09_isForgottenAtTheLastInstantOfItsLife() {
    bindings.bind("s", caller("alice"), LIFE);
    clock.advance(LIFE.minusNanos(1));
    assertTrue(knows("s"));
    clock.advance(LIFE);
    assertFalse(knows("s"));
    assertEquals(0, bindings.size());
  }

  @Test
  void whoLogsInKeepsTheSessionOfNobody() {
    assertTrue(bindings.bind("s", Caller.NOBODY, LIFE));
    assertTrue(bindings.bind("s", caller("alice"), LIFE));
    assertFalse(bindings.bind("s", Caller.NOBODY, LIFE));
    assertFalse(bindings.bind("s", caller("bob"), LIFE));
  }

  @Test
  void printsNoSessionAndNoCaller() {
    bindings.bind("secret", caller("alice"), LIFE);

    assertEquals("SessionBindings[1 of 1000]", bindings.toString());
    assertEquals("Caller[not shown]", caller("alice").toString());
  }

  @Test
  void N07_aCallerIsTheSameForTheSameThreeOnly() {
    Caller alice = caller("alice");
    Caller.User user = alice.user();

    assertEquals(alice.digest(), caller("alice").digest());
    assertFalse(alice.digest().equals(new Caller(user, Optional.empty()).digest()));
    assertFalse(alice.digest().equals(new Caller(user, Optional.of("")).digest()));
    assertFalse(alice.digest().equals(caller("alic").digest()));
  }
}
