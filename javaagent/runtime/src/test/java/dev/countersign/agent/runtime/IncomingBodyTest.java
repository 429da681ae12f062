package dev.countersign.agent.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.spi.BodyAllowance;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class IncomingBodyTest {

  private static final int LIMIT = 5;

  private final List<Integer> taken = new ArrayList<>();
  private final List<byte[]> kept = new ArrayList<>();
  private boolean isFull;

  private final BodyAllowance allowance =
      new BodyAllowance() {
        @Override
        public void take(int bytes) throws IOException {
          if (isFull) {
            throw new IOException("full");
          }
          taken.add(bytes);
        }

        @Override
        public Runnable keep() {
          throw new AssertionError("kept");
        }
      };

  private final IncomingBody body = new IncomingBody(LIMIT, allowance, kept::add);

  private Throwable failure() {
    return assertThrows(CompletionException.class, () -> body.whole().join()).getCause();
  }

  @Test
  void gathersUntilTheEnd() {
    assertTrue(body.add(new byte[] {1, 2}));
    assertTrue(body.add(new byte[] {3}));
    assertFalse(body.whole().isDone());
    body.end();

    assertArrayEquals(new byte[] {1, 2, 3}, body.whole().join());
    assertEquals(List.of(2, 1), taken);
    assertSame(kept.get(0), body.whole().join());
  }

  @Test
  void BP31_wantsNoMoreThanTheLimit() {
    assertFalse(body.add(new byte[] {1, 2, 3, 4, 5, 6, 7}));

    assertArrayEquals(new byte[] {1, 2, 3, 4, 5}, body.whole().join());
    assertFalse(body.add(new byte[] {8}));
    body.end();
    assertEquals(1, kept.size());
    assertArrayEquals(new byte[] {1, 2, 3, 4, 5, 6, 7}, kept.get(0));
  }

  @Test
  void BP38_endsWithTheAllowance() {
    assertTrue(body.add(new byte[] {1}));
    isFull = true;

    assertFalse(body.add(new byte[] {2}));
    assertEquals("full", failure().getMessage());
    body.end();
    assertEquals(List.of(), kept);
  }

  @Test
  void HT8_takesNothingForWhomNobodyWaits() {
    body.whole().completeExceptionally(new TimeoutException());

    assertFalse(body.add(new byte[] {1}));
    body.end();
    assertEquals(List.of(), taken);
    assertEquals(List.of(), kept);
  }

  @Test
  void whatCannotBeGivenBackIsNotJudged() {
    IncomingBody lost =
        new IncomingBody(
            LIMIT,
            allowance,
            bytes -> {
              throw new IllegalStateException("no place for it");
            });
    lost.end();

    assertTrue(lost.whole().isCompletedExceptionally());
  }
}
