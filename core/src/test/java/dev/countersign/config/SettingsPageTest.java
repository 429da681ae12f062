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
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page docs/settings.md is what the table of settings says. */
class SettingsPageTest {

  private static final Path PAGE = Path.of("..", "docs", "settings.md");

  private static final String INTRODUCTION =
      """
      # Settings

      Generated from the table that the readers use, by
      `mvn -pl core test -Dtest=SettingsPageTest -Ddocs.write=true`; the build fails when it is stale.

      Two settings are enough, `resource` and `authorization-servers`. Everything else has a default, and the
      default is the strict one. What loosens it is marked **Relaxation**, and every relaxation that is on is
      reported at start.

      ## Where settings stand

      The strongest source comes first. A key in a stronger source hides the same key in a weaker one, whole
      lists included.

      | Source | `clock-skew` is spelt |
      |---|---|
      | system property | `countersign.clock-skew` |
      | environment variable | `COUNTERSIGN_CLOCK_SKEW`; a key with a NAME or a `*` in it cannot be spelt so |
      | argument of the agent's flag | `-javaagent:countersign-javaagent.jar=clock-skew=PT30S`, with commas between several settings |
      | init-param of the servlet filter | `clock-skew` |
      | properties file in UTF-8, which `config` names | `clock-skew` |

      Code says the same with the methods of `ResourceServerConfig.builder(…)`, where no source is read unless it
      is asked for.

      An unknown key, a key that one source has twice, a blank value or a value that does not fit stops the start.
      All problems are told at once, each with the value, the place where it stands, and what was expected.

      ## Several resources, several authorization servers

      A setting of a resource may stand in a group `resources.NAME.KEY`, one of an authorization server in a group
      `issuers.NAME.KEY`; NAME is a word of your choice.

      ```properties
      resources.files.resource=https://mcp.example.com/files
      resources.files.required-scopes=files:read
      resources.files.scopes.tool.delete_file=files:write
      resources.mail.resource=https://mcp.example.com/mail

      authorization-servers=https://id.example.com
      issuers.partner.issuer=https://login.partner.example
      issuers.partner.accept-plain-jwt=true
      ```

      Without a group, settings of a resource hold for the one `resource`, and settings of an authorization server
      for each of `authorization-servers`. All resources live on one origin; the longest path that the path of a
      request begins with chooses.
      """;

  private static final Map<Setting.Level, String> TITLES =
      Map.of(
          Setting.Level.SERVER, "Server",
          Setting.Level.RESOURCE, "Resource",
          Setting.Level.ISSUER, "Authorization server");

  private static String page() {
    return Arrays.stream(Setting.Level.values())
        .map(SettingsPageTest::table)
        .collect(Collectors.joining("\n", INTRODUCTION + "\n", ""));
  }

  private static String table(Setting.Level level) {
    return Arrays.stream(Setting.values())
        .filter(setting -> setting.level() == level)
        .map(SettingsPageTest::row)
        .collect(
            Collectors.joining(
                "",
                "## " + TITLES.get(level) + "\n\n| Key | Default | Meaning |\n|---|---|---|\n",
                ""));
  }

  private static String row(Setting setting) {
    return "| `"
        + setting.key()
        + "` | "
        + value(setting.defaultValue())
        + " | "
        + setting.meaning().replaceFirst("^Relaxation", "**Relaxation**")
        + " |\n";
  }

  private static String value(String text) {
    boolean literal = text.matches("enforce|false|[0-9]+|PT[0-9A-Z.]+");
    return literal ? "`" + text + "`" : text.isEmpty() ? "none" : text;
  }

  @Test
  void thePageIsUpToDate() throws IOException {
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(PAGE, page());
    }

    assertEquals(page(), Files.readString(PAGE));
  }

  @Test
  void theExampleIsAConfiguration() throws IOException {
    Properties example = new Properties();
    example.load(new StringReader(INTRODUCTION.split("```(properties)?\n")[1]));
    Map<String, String> settings = new LinkedHashMap<>();
    example.stringPropertyNames().forEach(key -> settings.put(key, example.getProperty(key)));

    ResourceServerConfig config = Reading.read(settings);

    assertEquals(2, config.resources().size());
    assertEquals(2, config.issuers().size());
  }

  @Test
  void whatThePageCallsARelaxationIsReportedAtStart() {
    for (Setting setting : Setting.values()) {
      if (setting.meaning().startsWith("Relaxation")) {
        String value =
            switch (setting) {
              case AUDIENCE_ALIASES, EXTRA_AUDIENCES, SCOPE_AS_AUDIENCE -> "api://x";
              case ISSUER_ALIASES, ADVERTISED_ISSUER, TOKENINFO_ENDPOINT -> "https://x.example";
              case AUDIENCE_CLAIMS -> "resource";
              case TOKEN_TYPES -> "x+jwt";
              case SCOPE_PREFIX -> "api://x/";
              case PUBLIC_PATHS -> "/health";
              case EXPOSED_HEADERS -> "X-User";
              default -> "true";
            };
        // Some relaxations need other settings beside them, which are none.
        Map<String, String> settings =
            Reading.minimalWith(
                "exclusive-audience", "true", "client-ids", "c", "binding-scopes", "api://x/s");
        settings.put(setting.key(), value);
        if (setting == Setting.TOKENINFO_ENDPOINT) {
          settings.put("tokens", "opaque");
          settings.put("audience-aliases", "client");
        }
        assertTrue(
            Reading.read(settings).relaxations().stream()
                .anyMatch(said -> said.startsWith(setting.key() + "=")),
            setting.key());
      }
    }
  }
}
