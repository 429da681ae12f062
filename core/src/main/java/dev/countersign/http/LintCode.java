package dev.countersign.http;

import static dev.countersign.http.LintCode.Level.ERROR;
import static dev.countersign.http.LintCode.Level.INFO;
import static dev.countersign.http.LintCode.Level.WARNING;
import static dev.countersign.http.McpClient.CSHARP_SDK;
import static dev.countersign.http.McpClient.GEMINI_CLI;
import static dev.countersign.http.McpClient.GO_SDK;
import static dev.countersign.http.McpClient.INSPECTOR;
import static dev.countersign.http.McpClient.MCP_REMOTE;
import static dev.countersign.http.McpClient.PYTHON_SDK;
import static dev.countersign.http.McpClient.RMCP;
import static dev.countersign.http.McpClient.RUBY_SDK;
import static dev.countersign.http.McpClient.SPRING;
import static dev.countersign.http.McpClient.TOOLHIVE;
import static dev.countersign.http.McpClient.TYPESCRIPT_SDK;
import static dev.countersign.http.McpClient.VS_CODE;
import static dev.countersign.http.McpClient.ZED;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Everything that can be wrong with a {@code WWW-Authenticate} field, each with the clients that
 * lose the metadata URL, the scope or the error by it. The names are stable.
 */
public enum LintCode {

  // The field as a whole

  /** RFC 9110 section 15.5.2. */
  NO_CHALLENGE(
      ERROR, "a 401 needs a challenge; clients report a failed connection", McpClient.values()),
  /** RFC 6750 section 3. */
  NO_BEARER(ERROR, "no challenge has the scheme Bearer", McpClient.values()),
  /** RFC 6750 section 3. */
  BARE_BEARER(ERROR, "Bearer needs at least one auth-param", TYPESCRIPT_SDK, ZED),
  /** RFC 6750 section 3. */
  BEARER_WITH_TOKEN68(ERROR, "Bearer takes auth-params, not a token68", McpClient.values()),
  /** Some clients look at the first scheme only. */
  BEARER_NOT_FIRST(ERROR, "the Bearer challenge must come first", TYPESCRIPT_SDK, ZED, TOOLHIVE),
  /** Some clients read the first one only, some mix them. */
  SEVERAL_BEARER(
      ERROR,
      "there must be one Bearer challenge only",
      TYPESCRIPT_SDK,
      PYTHON_SDK,
      MCP_REMOTE,
      INSPECTOR,
      CSHARP_SDK,
      VS_CODE,
      SPRING,
      RMCP,
      ZED,
      GO_SDK,
      RUBY_SDK),
  /** Searches run across the borders of challenges. */
  FOREIGN_ERROR(
      WARNING,
      "the error of another scheme is taken for the one of Bearer",
      TYPESCRIPT_SDK,
      PYTHON_SDK,
      MCP_REMOTE,
      INSPECTOR,
      RMCP,
      ZED,
      TOOLHIVE),
  /** RFC 9110 section 11.6.1. */
  SEVERAL_ON_ONE_LINE(INFO, "each challenge should have a field line of its own"),
  /** Proxies and clients cut or refuse longer ones. */
  TOO_LONG(WARNING, "the field should have at most 1536 characters"),
  /** Beyond the limits of {@link Challenges}; the rest was not read. */
  TRUNCATED(ERROR, "the field is beyond 8192 characters, 16 challenges or 32 auth-params of one"),
  /** RFC 9112 section 5.2. */
  FOLDED_LINE(ERROR, "a field line must not be folded"),

  // What the Bearer challenge says

  /** RFC 9728 section 5.1, MCP authorization. */
  MISSING_RESOURCE_METADATA(ERROR, "there is no resource_metadata, so clients have to guess"),
  /** RFC 9728 section 5.1. */
  RESOURCE_METADATA_NOT_ABSOLUTE(
      ERROR, "resource_metadata must be an absolute https URL", TYPESCRIPT_SDK, CSHARP_SDK, ZED),
  /** RFC 9728 section 7.1. */
  RESOURCE_METADATA_NOT_HTTPS(ERROR, "resource_metadata must be https", ZED, GO_SDK, RUBY_SDK),
  /** Clients refuse to be sent elsewhere. */
  RESOURCE_METADATA_FOREIGN_ORIGIN(
      ERROR, "resource_metadata must be on the origin of the resource", RMCP, ZED, RUBY_SDK),
  /** A search may stop inside it, and caches drop it. */
  RESOURCE_METADATA_WITH_QUERY(WARNING, "resource_metadata should have no query"),
  /** Some clients then ask for every scope that the authorization server lists. */
  MISSING_SCOPE(WARNING, "there is no scope"),
  /** Registrations and consent screens show all of them. */
  TOO_MANY_SCOPES(WARNING, "scope should name at most 32 scope-tokens, those the request needs"),
  /** RFC 6750 section 3.1. */
  ERROR_WITHOUT_TOKEN(WARNING, "error is for requests that presented a token"),
  /** RFC 6750 section 3.1. */
  MISSING_ERROR(WARNING, "a refused token needs an error; clients cannot tell it from an outage"),
  /** RFC 6750 section 6.2. */
  UNREGISTERED_ERROR(WARNING, "the error code is not registered for resource access"),
  /** RFC 6750 section 3, RFC 9470 section 3. */
  MALFORMED_VALUE(ERROR, "the value is outside the grammar of its auth-param"),
  /** ToolHive takes it for an issuer. */
  REALM_IS_URL(WARNING, "realm should be a plain word, not a URL"),

  // How it is written: a strict parser refuses these

  /** RFC 9110 section 11.2. */
  DUPLICATE_PARAM(
      ERROR,
      "an auth-param must occur once; clients disagree on which one counts",
      MCP_REMOTE,
      INSPECTOR,
      VS_CODE,
      SPRING,
      ZED,
      GO_SDK,
      RUBY_SDK),
  /** RFC 9110 section 5.5. */
  ILLEGAL_CHARACTER(ERROR, "this character cannot stand in a field value"),
  /** RFC 9110 section 11.3. */
  MISSING_COMMA(ERROR, "a comma is missing", CSHARP_SDK, VS_CODE, SPRING, GO_SDK),
  /** RFC 9110 section 11.3. */
  SEMICOLON(ERROR, "the separator is a comma", CSHARP_SDK, VS_CODE, SPRING, ZED, GO_SDK, RUBY_SDK),
  /** RFC 9110 section 11.3. */
  COMMA_AFTER_SCHEME(ERROR, "the scheme is followed by a space, not by a comma"),
  /** RFC 9110 section 5.6.4. */
  SINGLE_QUOTES(ERROR, "values stand in double quotes", McpClient.values()),
  /** RFC 9110 section 5.6.2. */
  UNQUOTED_VALUE(ERROR, "this value needs quotes", GEMINI_CLI, MCP_REMOTE),
  /** RFC 9110 section 5.6.4. */
  UNTERMINATED_QUOTE(ERROR, "the closing quote is missing"),
  /** RFC 9110 section 11.3. */
  PARAM_WITHOUT_SCHEME(ERROR, "an auth-param needs a scheme before it"),
  /** RFC 9110 section 11.3. */
  TOKEN68_AND_PARAMS(ERROR, "a challenge has either a token68 or auth-params"),
  /** RFC 9110 section 11.3. */
  UNREADABLE(ERROR, "this is neither a scheme nor an auth-param"),

  // How it is written: legal, and yet misread

  /** RFC 9110 section 11.5. */
  UNQUOTED_REALM(WARNING, "realm is a quoted-string, for historical reasons"),
  /** Clients compare it with case. */
  SCHEME_CASE(ERROR, "the scheme should be written Bearer", VS_CODE, TOOLHIVE),
  /** Clients compare them with case. */
  NAME_CASE(
      ERROR,
      "names should be in lower case",
      TYPESCRIPT_SDK,
      PYTHON_SDK,
      GEMINI_CLI,
      MCP_REMOTE,
      VS_CODE,
      SPRING,
      TOOLHIVE),
  /** RFC 9110 section 5.6.3. */
  BLANKS_AROUND_EQUALS(
      ERROR,
      "no white space should stand around the equals sign",
      TYPESCRIPT_SDK,
      PYTHON_SDK,
      GEMINI_CLI,
      MCP_REMOTE,
      INSPECTOR,
      VS_CODE,
      RMCP,
      GO_SDK,
      TOOLHIVE),
  /** RFC 9110 section 11.3. */
  SPACES_AFTER_SCHEME(ERROR, "exactly one space should follow the scheme", TYPESCRIPT_SDK),
  /** The Go SDK gives up the login. */
  EMPTY_VALUE(
      ERROR, "an auth-param without value should be left out", TYPESCRIPT_SDK, PYTHON_SDK, GO_SDK),
  /** Clients do not unescape. */
  QUOTED_PAIR(WARNING, "values should need no backslash", SPRING),
  /** Clients split there. */
  COMMA_IN_VALUE(WARNING, "values should hold no comma", CSHARP_SDK),
  /** Clients that search for {@code scope=} and the like stop inside. */
  BAIT_IN_VALUE(ERROR, "the value looks like another auth-param", TYPESCRIPT_SDK, PYTHON_SDK, RMCP),
  /** Clients that search for {@code scope=} and the like stop at its end. */
  BAIT_IN_NAME(ERROR, "the name ends like another one", TYPESCRIPT_SDK, PYTHON_SDK, RMCP),
  /** What people read can then hide nothing that machines read. */
  DESCRIPTION_NOT_LAST(WARNING, "error_description should be last, before error_uri only"),
  /** RFC 9110 section 5.5. */
  NOT_ASCII(WARNING, "values should be visible ASCII");

  /** How much it matters. */
  public enum Level {
    /** Against a specification, or a client fails on it. */
    ERROR,
    /** Works today, by luck. */
    WARNING,
    /** Legal, and better otherwise. */
    INFO
  }

  private final Level level;
  private final String sentence;
  private final Set<McpClient> hurts;

  LintCode(Level level, String sentence, McpClient... hurts) {
    this.level = level;
    this.sentence = sentence;
    Set<McpClient> clients = EnumSet.noneOf(McpClient.class);
    clients.addAll(List.of(hurts));
    this.hurts = Collections.unmodifiableSet(clients);
  }

  /**
   * How much it matters.
   *
   * @return the level
   */
  public Level level() {
    return level;
  }

  /**
   * What is wrong, for people.
   *
   * @return one sentence without a full stop
   */
  public String sentence() {
    return sentence;
  }

  /**
   * The clients that are known to lose the metadata URL, the scope or the error by it.
   *
   * @return an unmodifiable set; empty where no client of {@link McpClient} is known to suffer
   */
  public Set<McpClient> hurts() {
    return hurts;
  }
}
