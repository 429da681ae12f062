package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RawResponse;
import dev.countersign.testkit.RemoteProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the log of a JVM with the agent says of repairs. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RepairLogIT {

  private static final ServerProgram PROGRAM = new ServerProgram("jdk/JdkServer", List.of(), "");

  private static final String OWN = "Bearer";
  private static final String LINE =
      "the WWW-Authenticate of a response with status 401 for https://mcp.example.com/mcp: ["
          + OWN
          + "] became ["
          + RepairContract.FIRST
          + "]";

  @Test
  void C30_logsTwoLikeRepairsOnce() throws IOException {
    assertEquals(List.of("INFO: repaired " + LINE), logged("repair", RepairContract.FIRST));
  }

  @Test
  void C30_logsWhatReportOnlyWouldRepair() throws IOException {
    assertEquals(List.of("INFO: would repair " + LINE), logged("report-only", OWN));
  }

  /** The lines, each up to the codes of what was wrong, for two responses with this challenge. */
  private static List<String> logged(String mode, String challenge) throws IOException {
    Map<String, String> settings = new HashMap<>(RepairContract.SETTINGS);
    settings.put("mode", mode);
    Path log = GuardedJvm.log("repairs");
    String[] flag = {GuardedJvm.flag(settings)};
    try (RemoteProbe server = RemoteProbe.of(GuardedJvm.start(PROGRAM, log, flag, new String[0]))) {
      RawRequest request =
          RawRequest.of("GET", "/mcp")
              .with(ProbeApplication.PROBE, "answer 401")
              .with(ProbeApplication.FIELD, "WWW-Authenticate: " + OWN);
      for (int i = 0; i < 2; i++) {
        RawResponse response = RawHttp.exchange(server.uri(), request);
        assertEquals(List.of(challenge), response.values("WWW-Authenticate"), response::toString);
      }
    }
    return Files.readAllLines(log).stream()
        .filter(line -> line.contains(" the WWW-Authenticate of "))
        .map(line -> line.substring(0, line.lastIndexOf(" (")))
        .toList();
  }
}
