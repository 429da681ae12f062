package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.testkit.Capability;
import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RawResponse;
import dev.countersign.testkit.RemoteProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Repair on Helidon, whose responses tell from 4.3 on that their head leaves. */
@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "Helidon 4 needs JDK 21 or newer")
class HelidonRepairIT {

  private abstract static class Contract extends RepairContract {

    Contract(String version) {
      super(HelidonIT.helidon(version));
    }

    @Override
    protected Set<Capability> capabilities() {
      return EnumSet.complementOf(EnumSet.of(Capability.LATER));
    }
  }

  /** Nothing is put right, and gRPC is not held, which is said. */
  @Nested
  class Before43 {

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void C30_tellsWhatItCannotDo() throws IOException {
      Path log = GuardedJvm.log("Before43");
      String[] flag = {GuardedJvm.flag(RepairContract.SETTINGS)};
      try (RemoteProbe server =
          RemoteProbe.of(
              GuardedJvm.start(HelidonIT.helidonGrpc("4.1.6"), log, flag, new String[0]))) {
        RawRequest request =
            RawRequest.of("GET", "/mcp")
                .with(ProbeApplication.PROBE, "answer 401")
                .with(ProbeApplication.FIELD, "WWW-Authenticate: Bearer");

        RawResponse response = RawHttp.exchange(server.uri(), request);

        assertEquals(List.of("Bearer"), response.values("WWW-Authenticate"), response::toString);
        String logged = Files.readString(log);
        assertTrue(
            logged.contains(
                "WARNING: challenges of Helidon before 4.3 are neither looked at nor put right"),
            logged);
        assertTrue(logged.contains("WARNING: gRPC of Helidon is not guarded"), logged);
      }
    }
  }

  @Nested
  class Helidon43 extends Contract {
    Helidon43() {
      super("4.3.2");
    }
  }

  @Nested
  class Helidon45 extends Contract {
    Helidon45() {
      super("4.5.0");
    }
  }
}
