package dev.countersign.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table in docs/authorization-servers.md is what the profiles are, and its examples are good.
 */
class ProfilesPageTest {

  private static final Path PAGE = Path.of("..", "docs", "authorization-servers.md");
  private static final String BEGIN = "<!-- profiles: generated -->\n";
  private static final String END = "<!-- profiles: end -->\n";
  private static final Pattern EXAMPLE = Pattern.compile("```properties\n(.*?)```", Pattern.DOTALL);

  @TempDir private static Path directory;

  private static String table() {
    return Arrays.stream(Profile.values())
        .map(ProfilesPageTest::row)
        .collect(
            Collectors.joining(
                "", "| `profile` | For | Needs from you | Sets |\n|---|---|---|---|\n", ""));
  }

  private static String row(Profile profile) {
    String sets =
        profile.presets().entrySet().stream()
            .map(preset -> "`" + preset.getKey() + "=" + preset.getValue() + "`")
            .collect(Collectors.joining("<br>"));
    String needs =
        profile.needs().stream().map(need -> "`" + need + "`").collect(Collectors.joining(", "));
    return "| `"
        + profile.id()
        + "` | "
        + profile.title()
        + " | "
        + orNothing(needs)
        + " | "
        + orNothing(sets)
        + " |\n";
  }

  private static String orNothing(String text) {
    return text.isEmpty() ? "nothing" : text;
  }

  static Stream<String> examples() throws IOException {
    return EXAMPLE.matcher(Files.readString(PAGE)).results().map(ProfilesPageTest::text);
  }

  private static String text(MatchResult example) {
    return example.group(1);
  }

  @Test
  void theTableIsUpToDate() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    String written = page.substring(0, begin) + table() + page.substring(page.indexOf(END));
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(PAGE, written);
    }

    assertEquals(written, Files.readString(PAGE));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void eachExampleIsAConfiguration(String example) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(example));
    Map<String, String> settings = new LinkedHashMap<>();
    properties.stringPropertyNames().forEach(key -> settings.put(key, properties.getProperty(key)));
    settings.putIfAbsent("resource", "https://mcp.example.com/mcp");
    Path secret = Files.writeString(directory.resolve("secret"), "a secret of the test");
    settings.computeIfPresent(
        "introspection-client-secret-file", (key, value) -> secret.toString());

    assertTrue(Reading.read(settings).issuers().size() > 0);
  }

  @Test
  void eachProfileHasAnExample() throws IOException {
    String all = examples().collect(Collectors.joining());
    for (Profile profile : Profile.values()) {
      assertTrue(
          profile == Profile.RFC9068 || all.contains("profile=" + profile.id() + "\n"),
          profile::id);
    }
  }
}
