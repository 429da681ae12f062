package dev.countersign.token;

import dev.countersign.config.ResourceServerConfig;
import dev.countersign.config.SettingSource;
import dev.countersign.oauth.Denial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tokens of one kind of authorization server, and the settings under which they are judged. */
final class ServerShape {

  /** A token of the same server that is not for us: the good one with some claims changed. */
  record Foreign(String name, Denial why, Map<String, Object> claims) {}

  private static final String REMOVED = "(removed)";

  final String profile;
  final Map<String, String> settings = new LinkedHashMap<>();
  final Map<String, Object> header = Bench.RSA.header();
  final Map<String, Object> claims = new LinkedHashMap<>();
  final List<Foreign> foreign = new ArrayList<>();
  String scope = "mcp:read";
  String client = "";

  ServerShape(String profile, String issuer) {
    this.profile = profile;
    settings.put("resource", Bench.RESOURCE.toString());
    settings.put("authorization-servers", issuer);
    settings.put("profile", profile);
    claims.put("iss", issuer);
    claims.put("sub", "user-1");
    claims.put("aud", Bench.RESOURCE.toString());
    claims.put("iat", Bench.SECONDS - 10);
    claims.put("exp", Bench.SECONDS + 300);
  }

  ServerShape setting(String key, String value) {
    settings.put(key, value);
    return this;
  }

  ServerShape type(String type) {
    header.put("typ", type);
    return this;
  }

  ServerShape noType() {
    header.remove("typ");
    return this;
  }

  /** Names and values in turn. */
  ServerShape claims(Object... namesAndValues) {
    claims.putAll(pairs(namesAndValues));
    return this;
  }

  ServerShape without(String name) {
    claims.remove(name);
    return this;
  }

  ServerShape grants(String expectedScope, String expectedClient) {
    scope = expectedScope;
    client = expectedClient;
    return this;
  }

  /** Names and values in turn; a null of JSON removes. */
  ServerShape refuses(String name, Denial why, Object... namesAndValues) {
    foreign.add(new Foreign(name, why, pairs(namesAndValues)));
    return this;
  }

  static Object removed() {
    return REMOVED;
  }

  private static Map<String, Object> pairs(Object... namesAndValues) {
    Map<String, Object> pairs = new LinkedHashMap<>();
    for (int at = 0; at < namesAndValues.length; at += 2) {
      pairs.put((String) namesAndValues[at], namesAndValues[at + 1]);
    }
    return pairs;
  }

  String good() {
    return Bench.RSA.sign(header, claims);
  }

  String signed(Foreign token) {
    Map<String, Object> changed = new LinkedHashMap<>(claims);
    changed.putAll(token.claims());
    changed.values().removeIf(REMOVED::equals);
    return Bench.RSA.sign(header, changed);
  }

  ResourceServerConfig config() {
    return config(settings);
  }

  static ResourceServerConfig config(Map<String, String> settings) {
    return ResourceServerConfig.read(List.of(SettingSource.of("test", settings)));
  }

  JwtTokenValidator validator() {
    Map<TrustedIssuer, SigningKeys> keys = new LinkedHashMap<>();
    config().issuers().forEach(issuer -> keys.put(issuer, Bench.keys(Bench.RSA)));
    return Bench.validator(keys);
  }

  Optional<String> expectedClient() {
    return client.isEmpty() ? Optional.empty() : Optional.of(client);
  }

  @Override
  public String toString() {
    return profile;
  }
}
