package dev.countersign.config;

import dev.countersign.config.SettingTest.Row;
import java.util.Set;
import java.util.stream.Stream;

/** The settings of what is kept from the application. */
final class HardeningSettingRows {

  private HardeningSettingRows() {}

  static Stream<Row> rows() {
    return Stream.of(
        new Row(
            Setting.ALLOWED_HOSTS,
            "allowed-hosts",
            config -> config.hardening().allowedHosts(),
            Set.of(),
            "localhost:8080, MCP.example.com, [::1]:8080, 192.0.2.1",
            Set.of("localhost:8080", "mcp.example.com", "[::1]:8080", "192.0.2.1"),
            "https://mcp.example.com",
            "expected a host such as mcp.example.com, localhost:8080 or [::1]:8080"),
        new Row(
            Setting.STRIPPED_HEADERS,
            "stripped-headers",
            config -> config.hardening().strippedHeaders().contains("Mcp-Init-Host"),
            false,
            "X-Tenant, Mcp-Init-Host",
            true,
            "X Tenant",
            "expected the name of a field"),
        new Row(
            Setting.EXPOSED_HEADERS,
            "exposed-headers",
            config -> config.hardening().strippedHeaders().contains("X-User"),
            true,
            "x-user,X-Forwarded-User",
            false,
            "X-Unknown",
            "expected one of the fields X-User, X-User-Id, X-User-Name, X-User-Email,"
                + " X-User-Roles, X-Username, X-Principal, X-Subject, X-Scope, X-Scopes, X-Roles,"
                + " X-Groups, X-Remote-User, X-Remote-Group, Remote-User, Remote-Name,"
                + " Remote-Email, Remote-Groups, X-Authenticated-User, X-Webauth-User,"
                + " X-Forwarded-User, X-Forwarded-Email, X-Forwarded-Groups,"
                + " X-Forwarded-Preferred-Username, X-Forwarded-Access-Token,"
                + " X-Auth-Request-User, X-Auth-Request-Email, X-Auth-Request-Groups,"
                + " X-Auth-Request-Preferred-Username, X-Auth-Request-Access-Token"),
        new Row(
            Setting.ACCEPT_CLEAR_TEXT,
            "accept-clear-text",
            config -> config.hardening().acceptClearText(),
            false,
            "true",
            true,
            "yes",
            "expected true or false"),
        new Row(
            Setting.EXPOSE_AUTHORIZATION,
            "expose-authorization",
            config -> config.hardening().exposeAuthorization(),
            false,
            "true",
            true,
            "yes",
            "expected true or false"));
  }
}
