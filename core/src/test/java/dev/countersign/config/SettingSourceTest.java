package dev.countersign.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingSourceTest {

  @TempDir Path directory;

  @Test
  void anEnvironmentVariableIsTheKeyInUpperCaseWithUnderscores() {
    SettingSource source =
        SettingSource.environment(
            Map.of(
                "COUNTERSIGN_CLOCK_SKEW", "PT1S",
                "COUNTERSIGN_REALM", "x",
                "COUNTERSIGN", "no",
                "COUNTERSIGNED_REALM", "no",
                "countersign_mode", "no",
                "PATH", "no"));

    assertEquals(Map.of("clock-skew", "PT1S", "realm", "x"), source.values());
    assertEquals("environment variable COUNTERSIGN_CLOCK_SKEW", source.placeOf("clock-skew"));
  }

  @Test
  void AG26_theSpellingDoesNotDependOnTheLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertEquals(
          Map.of("public-paths", "/x"),
          SettingSource.environment(Map.of("COUNTERSIGN_PUBLIC_PATHS", "/x")).values());
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void aSystemPropertyIsTheKeyBehindThePrefix() {
    System.setProperty("countersign.test.probe", "x");
    try {
      SettingSource source = SettingSource.systemProperties();

      assertEquals("x", source.values().get("test.probe"));
      assertEquals("system property countersign.test.probe", source.placeOf("test.probe"));
      assertFalse(source.values().containsKey("user.dir"));
    } finally {
      System.clearProperty("countersign.test.probe");
    }
  }

  private Path file(String name, byte[] content) throws IOException {
    return Files.write(directory.resolve(name), content);
  }

  @Test
  void readsAPropertiesFileInUtf8() throws IOException {
    Path file =
        file(
            "settings.properties",
            """
            # comment
            realm = x
            resource-name: W\u00e4rme \u4f8b
            scopes.tool.delete_file=files:write \\
                files:read
            """
                .getBytes(StandardCharsets.UTF_8));

    SettingSource source = SettingSource.file(file);

    assertEquals(
        Map.of(
            "realm", "x",
            "resource-name", "W\u00e4rme \u4f8b",
            "scopes.tool.delete_file", "files:write files:read"),
        source.values());
    assertEquals("file " + file, source.placeOf("realm"));
  }

  @Test
  void refusesAFileThatCannotBeRead() throws IOException {
    for (Path bad :
        List.of(
            directory.resolve("none.properties"),
            directory,
            file("latin1", "resource-name=W\u00e4rme".getBytes(StandardCharsets.ISO_8859_1)),
            file("escape", "realm=\\u00zz".getBytes(StandardCharsets.UTF_8)))) {
      ConfigException refused = assertThrows(ConfigException.class, () -> SettingSource.file(bad));

      assertEquals(
          "setting \"config\" is \""
              + bad
              + "\":\n"
              + "  expected a readable properties file in UTF-8\n1 problem; nothing was started",
          refused.getMessage());
    }
  }

  @Test
  void theFileIsTheWeakestSource() throws IOException {
    Path file = file("f", "realm=file\nclock-skew=PT1S".getBytes(StandardCharsets.UTF_8));

    List<SettingSource> sources =
        SettingSource.all(
            SettingSource.of("init-param", Map.of("realm", "param", "config", file.toString())),
            SettingSource.of("weaker", Map.of("config", directory.resolve("none").toString())));

    assertEquals(
        List.of("system property", "environment variable", "init-param", "weaker", "file " + file),
        sources.stream().map(SettingSource::kind).toList());
  }

  @Test
  void thereNeedBeNoFile() {
    assertEquals(2, SettingSource.all().size());
    assertEquals(3, SettingSource.all(SettingSource.of("x", Map.of("config", " "))).size());
  }

  @Test
  void refusesAFileNameThatIsNone() {
    ConfigException refused =
        assertThrows(
            ConfigException.class,
            () -> SettingSource.all(SettingSource.of("x", Map.of("config", "a\u0000b"))));

    assertTrue(refused.getMessage().contains("expected a readable properties file"));
  }

  @Test
  void copiesItsMaps() {
    Map<String, String> values = new HashMap<>(Map.of("realm", "x"));
    SettingSource source = SettingSource.of("test", values);

    values.put("mode", "enforce");

    assertEquals(Map.of("realm", "x"), source.values());
    assertEquals("test", source.placeOf("realm"));
  }

  @Test
  void anAgentArgumentIsKeysAndValuesWithCommas() {
    SettingSource source =
        SettingSource.agentArguments(
            "resource=https://a.example/mcp,authorization-servers=https://b.example,https://c.example,"
                + "required-scopes=a b,scopes.tool.delete_file=files:write");

    assertEquals(
        Map.of(
            "resource", "https://a.example/mcp",
            "authorization-servers", "https://b.example,https://c.example",
            "required-scopes", "a b",
            "scopes.tool.delete_file", "files:write"),
        source.values());
    assertEquals("agent argument", source.placeOf("resource"));
    assertEquals(Map.of(), SettingSource.agentArguments("").values());
  }

  @Test
  void anAgentArgumentWithoutKeyOrWithAKeyTwiceIsRefused() {
    ConfigException refused =
        assertThrows(
            ConfigException.class, () -> SettingSource.agentArguments("nonsense,realm=a,realm=b"));

    assertEquals(
        """
        setting "nonsense" is not set (agent argument):
          expected key=value
        setting "realm" is "b" (agent argument):
          expected each key once
        2 problems; nothing was started""",
        refused.getMessage());
  }
}
