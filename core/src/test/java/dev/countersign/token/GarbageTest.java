package dev.countersign.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.countersign.oauth.AuthScheme;
import dev.countersign.oauth.Credentials;
import dev.countersign.oauth.Decision;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GarbageTest {

  private static final int REQUESTS = 2_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final RememberingBench bench = new RememberingBench();

  // The interpreter leaves the most, so that the limit holds whatever the compiler has done by
  // then.
  @Test
  void aTokenThatWasAcceptedIsNotCopied() {
    String token = Bench.RSA.sign(Bench.claims());
    List<String> field = List.of("Bearer " + token);
    assertTrue(token.length() > 500);
    assertEquals("GRANTED", RememberingBench.outcome(judge(field)));
    judge(field);

    long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    for (int i = 0; i < REQUESTS; i++) {
      judge(field);
    }
    long each =
        (THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before) / REQUESTS;

    assertTrue(each < 500, each + " bytes for each");
  }

  private Decision judge(List<String> field) {
    Credentials credentials = Credentials.from(field, 16_384, Set.of(AuthScheme.BEARER));
    return bench.validator.validate(
        assertInstanceOf(Credentials.Presented.class, credentials).token(), Bench.RESOURCE);
  }
}
