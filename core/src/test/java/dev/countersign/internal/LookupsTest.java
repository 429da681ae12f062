package dev.countersign.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A look-up that could not be made does not stand in the way of the next one. */
@Timeout(30)
class LookupsTest {

  private static final InetAddress[] FOUND = {InetAddress.getLoopbackAddress()};

  private boolean fails = true;

  private void unlessItFails() {
    if (fails) {
      throw new InternalError("unable to create native thread");
    }
  }

  private void failsOnce(Lookups lookups) throws Exception {
    CompletableFuture<InetAddress[]> failed = lookups.lookUp("id.example");
    ExecutionException fault = assertThrows(ExecutionException.class, failed::get);
    assertInstanceOf(InternalError.class, fault.getCause());
    fails = false;

    assertArrayEquals(FOUND, lookups.lookUp("id.example").get());
  }

  @Test
  void KS22_aNameIsLookedUpAgainAfterAThreadThatCouldNotBeStarted() throws Exception {
    failsOnce(
        new Lookups(
            task -> {
              unlessItFails();
              task.run();
            },
            host -> FOUND));
  }

  @Test
  void KS22_aNameIsLookedUpAgainAfterAFaultOfTheResolver() throws Exception {
    failsOnce(
        new Lookups(
            Runnable::run,
            host -> {
              unlessItFails();
              return FOUND;
            }));
  }
}
