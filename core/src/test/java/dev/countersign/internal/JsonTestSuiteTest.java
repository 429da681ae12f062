package dev.countersign.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.countersign.internal.JsonException.Fault;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The 318 files of JSONTestSuite, read with the limits of a body. */
class JsonTestSuiteTest {

  private static final List<String> REPEATED =
      List.of("y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json");

  private static Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                JsonTestSuiteTest.class.getResourceAsStream("/json-test-suite/test_parsing.txt"),
                StandardCharsets.US_ASCII))) {
      for (String line : lines.lines().filter(text -> !text.startsWith("#")).toList()) {
        String[] parts = line.split(" ", -1);
        files.put(parts[0], content(parts));
      }
    }
    return files;
  }

  private static byte[] content(String[] parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    byte[] part = Base64.getDecoder().decode(parts[1]);
    int count = parts.length > 2 ? Integer.parseInt(parts[2].substring(1)) : 1;
    for (int at = 0; at < count; at++) {
      content.writeBytes(part);
    }
    if (parts.length > 3) {
      content.writeBytes(Base64.getDecoder().decode(parts[3]));
    }
    return content.toByteArray();
  }

  /** What is wrong; empty if it was read. */
  private static Optional<Fault> fault(byte[] content) {
    Json.Limits limits = new Json.Limits(content.length, 64, 100_000, 100, 8192, 16_000_000);
    try {
      assertNotNull(Json.read(content, limits));
      return Optional.empty();
    } catch (JsonException e) {
      return Optional.of(e.fault());
    }
  }

  @Test
  void BP41_refuses188Reads93AndRefusesTwoWithRepeatedNames() throws IOException {
    Map<String, byte[]> files = files();
    Map<String, Long> counts =
        files.entrySet().stream()
            .map(file -> file.getKey().charAt(0) + " " + fault(file.getValue()).isPresent())
            .collect(Collectors.groupingBy(kind -> kind, Collectors.counting()));

    assertEquals(318, files.size());
    assertEquals(188, counts.get("n true"));
    assertEquals(93, counts.get("y false"));
    assertEquals(2, counts.get("y true"));
    REPEATED.forEach(
        name -> assertEquals(Optional.of(Fault.REPEATED_NAME), fault(files.get(name)), name));
  }

  // What readers may do as they like: other encodings, lone surrogates, numbers no double can hold.
  @Test
  void BP41_readsOnlyWhatEveryReaderReadsAlike() throws IOException {
    List<String> read =
        files().entrySet().stream()
            .filter(file -> file.getKey().startsWith("i_") && fault(file.getValue()).isEmpty())
            .map(Map.Entry::getKey)
            .toList();

    assertEquals(
        List.of(
            "i_number_too_big_neg_int.json",
            "i_number_too_big_pos_int.json",
            "i_number_very_big_negative_int.json"),
        read);
  }
}
