package dev.countersign.agent.runtime;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class IncomingTokensTest {

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final IncomingTokens tokens = new IncomingTokens(16_384, nanos::get);

  private static String token(int number) {
    return "token-that-is-long-enough-" + number;
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void Z02_knowsExactlyWhatCameIn() {
    assertFalse(tokens.contains(token(1)));
    tokens.add(token(1));

    assertTrue(tokens.contains(token(1)));
    assertFalse(tokens.contains(token(2)));
    assertFalse(tokens.contains(token(1) + "x"));
    assertFalse(tokens.contains(token(1).substring(1)));
  }

  @Test
  void Z02_paddingMakesNoOtherToken() {
    tokens.add(token(1) + "==");

    assertTrue(tokens.contains(token(1)));
    assertTrue(tokens.contains(token(1) + "="));
  }

  @Test
  void Z02_knowsATokenForAnHourAfterItsLastRequest() {
    tokens.add(token(1));
    pass(Duration.ofMinutes(50));
    tokens.add(token(2));
    pass(Duration.ofMinutes(50));
    tokens.add(token(1));
    pass(Duration.ofMinutes(59));

    assertTrue(tokens.contains(token(1)));
  }

  @Test
  void Z02_knowsNoTokenForMoreThanTwo() {
    tokens.add(token(1));
    pass(Duration.ofMinutes(119));
    assertTrue(tokens.contains(token(1)));
    pass(Duration.ofMinutes(2));
    assertFalse(tokens.contains(token(1)));

    tokens.add(token(2));
    pass(Duration.ofDays(40));
    assertFalse(tokens.contains(token(2)));
  }

  @Test
  void Z02_keepsTheNewestAndNoMoreThanTwiceAsMany() {
    int many = 3 * IncomingTokens.KEPT;
    for (int at = 0; at < many; at++) {
      tokens.add(token(at));
    }
    int known = 0;
    for (int at = 0; at < many; at++) {
      boolean isKnown = tokens.contains(token(at));
      known += isKnown ? 1 : 0;
      assertTrue(isKnown || at < many - IncomingTokens.KEPT, "forgotten: " + at);
    }
    assertTrue(known <= 2 * IncomingTokens.KEPT, "known: " + known);
  }

  @Test
  void Z02_eachSetHasASaltOfItsOwn() throws Exception {
    assertFalse(Arrays.equals(salt(tokens), salt(new IncomingTokens(16_384, nanos::get))));
    assertFalse(Arrays.equals(new byte[32], salt(tokens)));
  }

  private static byte[] salt(IncomingTokens tokens) throws ReflectiveOperationException {
    Field salt = IncomingTokens.class.getDeclaredField("salt");
    salt.setAccessible(true);
    return (byte[]) salt.get(tokens);
  }
}
