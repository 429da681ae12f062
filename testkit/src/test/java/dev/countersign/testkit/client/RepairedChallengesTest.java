package dev.countersign.testkit.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.http.Challenge;
import dev.countersign.http.Challenges;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every result of repair mode, read by every client. */
class RepairedChallengesTest {

  private static final Path VECTORS =
      Path.of(System.getProperty("basedir", ""))
          .toAbsolutePath()
          .resolveSibling("core/src/test/resources/vectors/repairs.txt");

  private static final String URL =
      "resource_metadata=\"https://mcp.example/.well-known/oauth-protected-resource/mcp\"";

  /** The results that have a challenge for bearer tokens. */
  static Stream<List<String>> results() throws IOException {
    return Files.readAllLines(VECTORS, StandardCharsets.US_ASCII).stream()
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .map(line -> line.split(" ## ", -1))
        .map(cells -> cells[3].equals("=") ? cells[2] : cells[3])
        .filter(cell -> cell.startsWith("Bearer "))
        .distinct()
        .map(RepairedChallengesTest::lines);
  }

  private static List<String> lines(String cell) {
    String text =
        cell.replace("{U}", URL)
            .replace("{D}", "error_description=\"The access token is expired\"")
            .replace("{S}", "error_description=\"The request needs more scope\"");
    return List.of(text.split("\\{//}", -1));
  }

  @ParameterizedTest
  @MethodSource("results")
  void C30_C31_C32_C33_C34_C35_C36_C37_isUnderstoodByEveryClient(List<String> result) {
    Challenge meant = Challenges.parse(result).get(0);

    // The error of a challenge for proofs is taken for the one of Bearer by those that search.
    List<String> lines =
        result.toString().contains("use_dpop_nonce") ? result.subList(0, 1) : result;
    List<ClientParser> misled =
        Arrays.stream(ClientParser.values())
            .filter(client -> !client.understands(lines, meant))
            .toList();

    assertEquals(List.of(), misled, result::toString);
    assertTrue(meant.param("resource_metadata").isPresent());
  }
}
