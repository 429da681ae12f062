package dev.countersign.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
  void AG13_refusesAFileThatCannotBeRead() throws IOException {
    for (Path bad :
        List.of(
            directory.resolve("none.properties"),
            directory,
            file("latin1", "resource-name=W\u00e4rme".getBytes(StandardCharsets.ISO_8859_1)),
            file("escape", "realm=\\u00zz".getBytes(StandardCharsets.UTF_8)))) {
      SettingSource source = SettingSource.file(bad);

      assertEquals(
          List.of(
              new Problem(
                  "config", bad.toString(), "", "expected a readable properties file in UTF-8")),
          source.problems());
      assertEquals(Map.of(), source.values());
    }
  }

  @Test
  void AG13_tellsAFileThatCannotBeReadWithEverythingElse() {
    ConfigException refused =
        assertThrows(
            ConfigException.class,
            () ->
                ResourceServerConfig.read(
                    SettingSource.all(
                        SettingSource.agentArguments("config=/nothere,modus=enforce"))));

    // Whether what is required is missing, nobody knows: it may be in the file.
    assertEquals(
        """
        setting "modus" is "enforce" (agent argument):
          there is no such setting; the nearest is "mode"
        setting "config" is "/nothere" (agent argument):
          expected a readable properties file in UTF-8
        2 problems; nothing was started\
        """,
        refused.getMessage());
  }

  @Test
  void AG13_refusesAKeyThatIsTwiceInAFile() throws IOException {
    Path file =
        file(
            "twice",
            "realm=a\nintrospection-client-secret=a\nrealm = b\nintrospection-client-secret:hunter2"
                .getBytes(StandardCharsets.UTF_8));

    SettingSource source = SettingSource.file(file);

    assertEquals(
        List.of(
            new Problem("realm", "b", "file " + file, "expected each key once"),
            new Problem(
                "introspection-client-secret",
                "[7 characters]",
                "file " + file,
                "expected each key once")),
        source.problems());
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
    List<SettingSource> sources =
        SettingSource.all(SettingSource.of("x", Map.of("config", "a\u0000b")));

    assertEquals(
        List.of(
            new Problem("config", "a\u0000b", "x", "expected a readable properties file in UTF-8")),
        sources.get(sources.size() - 1).problems());
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
            "resource=https://a.example/mcp,authorization-servers=https://b.example,https://c.example,required-scopes=a"
                + " b,scopes.tool.delete_file=files:write");

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
  void AG13_tellsAPartWithoutKeyAndAKeyThatIsTwiceWithEverythingElse() {
    SettingSource source = SettingSource.agentArguments("foo,bar=1,realm=a,realm=b,modus=x");

    ConfigException refused =
        assertThrows(ConfigException.class, () -> ResourceServerConfig.read(List.of(source)));

    assertEquals(
        """
        "foo" (agent argument):
          expected key=value, with commas between several
        setting "realm" is "b" (agent argument):
          expected each key once
        setting "bar" is "1" (agent argument):
          there is no such setting
        setting "modus" is "x" (agent argument):
          there is no such setting; the nearest is "mode"
        setting "authorization-servers" is not set:
          expected at least one issuer: an https URL (RFC 8414 section 2)
        setting "resource" is not set:
          expected the https URL that users give to their client (RFC 9728 section 1.2)
        6 problems; nothing was started\
        """,
        refused.getMessage());
  }

  @Test
  void AG13_refusesAValueWithoutKey() {
    assertEquals(
        List.of(new Problem("", "x", "agent argument", "expected a key in front of the value")),
        SettingSource.agentArguments("=x").problems());
  }

  @Test
  void showsNoSecretThatIsThereTwiceOrHasNoKey() {
    assertEquals(
        List.of("[27 characters]", "[7 characters]"),
        SettingSource.agentArguments(
                "client-secret hunter2secret,client-secret=a,client-secret=hunter2")
            .problems()
            .stream()
            .map(Problem::value)
            .toList());
  }

  @Test
  void AG13_refusesAVariableThatIsThereTwice() {
    assertEquals(
        List.of(
            new Problem(
                "realm", "b", "environment variable COUNTERSIGN_realm", "expected each key once")),
        SettingSource.environment(Map.of("COUNTERSIGN_REALM", "a", "COUNTERSIGN_realm", "b"))
            .problems());
  }

  @Test
  void showsKeysAndNoValues() {
    SettingSource source =
        SettingSource.of("init-param", Map.of("introspection-client-secret", "s3cret"));

    assertEquals("init-param with [introspection-client-secret]", source.toString());
  }
}
