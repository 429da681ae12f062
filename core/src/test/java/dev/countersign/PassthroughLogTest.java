package dev.countersign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.spi.DecisionEvent;
import dev.countersign.spi.DecisionListener;
import dev.countersign.spi.Passthrough;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PassthroughLogTest {

  private static Passthrough to(String host, boolean blocked) {
    return new Passthrough(Instant.EPOCH, "OkHttp", host, blocked);
  }

  @Test
  void Z02_countsEachTellsEachAndLogsEachWayOutOnce() {
    List<Passthrough> told = new ArrayList<>();
    DecisionListener listener =
        new DecisionListener() {
          @Override
          public void onDecision(DecisionEvent event) {}

          @Override
          public void onPassthrough(Passthrough passthrough) {
            told.add(passthrough);
          }
        };
    try (LogCapture log = new LogCapture();
        ResourceServer engine = Engines.engine(config -> config.listener(listener))) {
      log.lines.clear();
      List<Passthrough> found =
          List.of(to("a:1", false), to("a:1", false), to("b:2", false), to("a:1", true));
      found.forEach(engine::report);

      assertEquals(4, engine.passthroughCount());
      assertEquals(found, told);
      assertEquals(3, log.lines.size(), log.lines::toString);
      assertTrue(
          log.lines
              .get(0)
              .startsWith(
                  "WARNING sent: the access token of a client in a request of OkHttp to a:1;"),
          log.lines::toString);
      assertTrue(log.lines.get(2).startsWith("WARNING not sent: "), log.lines::toString);
    }
  }

  @Test
  void LG3_anApplicationCannotFillTheLogOrForgeALine() {
    try (LogCapture log = new LogCapture();
        ResourceServer engine = Engines.engine()) {
      log.lines.clear();
      engine.report(to("x\r\nforged" + "y".repeat(10_000), false));

      assertEquals(1, log.lines.get(0).lines().count());
      assertTrue(log.lines.get(0).length() < 500, log.lines::toString);
      for (int at = 0; at < 1000; at++) {
        engine.report(to("host-" + at, false));
      }
      assertEquals(PassthroughLog.MAX_LINES + 1, log.lines.size());
      assertEquals(1001, engine.passthroughCount());
    }
  }
}
