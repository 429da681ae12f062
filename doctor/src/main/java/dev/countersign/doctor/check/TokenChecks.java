package dev.countersign.doctor.check;

import static dev.countersign.doctor.check.Severity.ERROR;
import static dev.countersign.doctor.check.Severity.INFO;
import static dev.countersign.doctor.check.Severity.WARNING;

import dev.countersign.doctor.token.TokenContent;
import dev.countersign.doctor.token.Vendor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** What is written in the token that was given. Does nothing without one. */
final class TokenChecks {

  private static final Duration SKEW = Duration.ofSeconds(60);
  private static final Duration LONG = Duration.ofHours(24);
  private static final List<String> UNUSUAL = List.of("scp", "scopes", "permissions", "roles");

  private TokenChecks() {}

  static List<Check> all() {
    return Stream.<BiFunction<Site, TokenContent, List<Finding>>>of(
            TokenChecks::audience,
            TokenChecks::idToken,
            TokenChecks::issuer,
            TokenChecks::scopes,
            TokenChecks::clock,
            TokenChecks::lifetime,
            TokenChecks::renewal)
        .map(TokenChecks::withContent)
        .collect(
            () -> new ArrayList<>(List.<Check>of(TokenChecks::opaque)), List::add, List::addAll);
  }

  private static Check withContent(BiFunction<Site, TokenContent, List<Finding>> check) {
    return site ->
        site.token()
            .flatMap(TokenContent::of)
            .map(content -> check.apply(site, content))
            .orElse(List.of());
  }

  private static List<Finding> opaque(Site site) {
    return site.token().filter(token -> TokenContent.of(token).isEmpty()).stream()
        .map(
            token ->
                new Finding(
                        CheckId.D62,
                        ERROR,
                        "The token is not a JWT. Configure introspection for its issuer, or let the"
                            + " authorization server issue JWTs (Auth0: an audience is missing).")
                    .expecting("tokens=opaque"))
        .toList();
  }

  private static List<Finding> audience(Site site, TokenContent token) {
    List<String> audience = token.texts("aud");
    String resource = site.resource();
    if (audience.contains(resource)) {
      return List.of();
    }
    boolean ofOrigin = audience.contains(site.origin()) || audience.contains(site.origin() + "/");
    if (ofOrigin) {
      return List.of(
          new Finding(
                  CheckId.D41,
                  WARNING,
                  "The audience is the origin; ChatGPT asks for tokens this way. Accept it only if"
                      + " this is the one resource on "
                      + site.origin()
                      + ".")
              .seeing("aud: " + Shown.cut(String.join(", ", audience)))
              .expecting("accept-origin-audience=true"));
    }
    String shown = audience.isEmpty() ? "missing" : Shown.cut(String.join(", ", audience));
    Optional<Vendor> vendor = token.text("iss").flatMap(Vendor::of);
    return List.of(
        new Finding(
                CheckId.D40,
                ERROR,
                "The audience of the token is "
                    + shown
                    + ", expected "
                    + resource
                    + "."
                    + vendor.map(one -> " " + one.hint()).orElse(""))
            .seeing("aud: " + shown)
            .expecting("aud: " + resource)
            .mendedBy(vendor.map(one -> "profile=" + one.profiles().get(0)).orElse("")));
  }

  private static List<Finding> idToken(Site site, TokenContent token) {
    boolean marked = token.has("nonce") || token.has("at_hash") || token.has("c_hash");
    return marked
        ? List.of(
            new Finding(
                CheckId.D58,
                ERROR,
                "This is an ID token, as it has a nonce or at_hash. Send the access token."))
        : List.of();
  }

  private static List<Finding> issuer(Site site, TokenContent token) {
    List<String> advertised =
        site.metadata().map(document -> document.texts("authorization_servers")).orElse(List.of());
    String issuer = token.text("iss").orElse("");
    if (advertised.isEmpty() || advertised.contains(issuer)) {
      return List.of();
    }
    return List.of(
        new Finding(
                CheckId.D63,
                WARNING,
                "The issuer of the token is "
                    + Shown.cut(issuer)
                    + ", which differs from the advertised "
                    + Shown.cut(String.join(", ", advertised))
                    + ".")
            .mendedBy("issuer-aliases=" + Shown.cut(issuer)));
  }

  private static List<Finding> scopes(Site site, TokenContent token) {
    if (token.has("scope")) {
      return List.of();
    }
    return UNUSUAL.stream()
        .filter(name -> !token.texts(name).isEmpty())
        .limit(1)
        .map(
            name ->
                new Finding(
                        CheckId.D64,
                        WARNING,
                        "Scopes were found in " + name + ", which is not where RFC 9068 has them.")
                    .mendedBy("scope-claims=" + name))
        .toList();
  }

  private static List<Finding> clock(Site site, TokenContent token) {
    Instant now = site.now();
    return token.time("iat").filter(issued -> issued.isAfter(now.plus(SKEW))).stream()
        .map(
            issued ->
                new Finding(
                    CheckId.D52,
                    WARNING,
                    "The clocks differ by "
                        + Duration.between(now, issued).toSeconds()
                        + " s: the token was issued in the future."))
        .toList();
  }

  private static List<Finding> lifetime(Site site, TokenContent token) {
    Optional<Instant> end = token.time("exp");
    if (end.isEmpty()) {
      return List.of(
          new Finding(CheckId.D65, WARNING, "The token never expires. Give it a lifetime."));
    }
    if (end.get().isBefore(site.now())) {
      return List.of(new Finding(CheckId.D65, WARNING, "The token has expired."));
    }
    Duration life = Duration.between(token.time("iat").orElse(site.now()), end.get());
    return life.compareTo(LONG) <= 0
        ? List.of()
        : List.of(
            new Finding(
                CheckId.D65,
                WARNING,
                "The token lives "
                    + life.toHours()
                    + " hours. MCP clients handle a 401 well, shorten it."));
  }

  private static List<Finding> renewal(Site site, TokenContent token) {
    Optional<Duration> life =
        token.time("exp").map(end -> Duration.between(token.time("iat").orElse(site.now()), end));
    boolean offline = List.of(token.text("scope").orElse("").split(" ")).contains("offline_access");
    return life.isEmpty() || offline || life.get().isNegative()
        ? List.of()
        : List.of(
            new Finding(
                CheckId.D66,
                INFO,
                "Unless the client also got a refresh token, users log in again every "
                    + Math.max(1, life.get().toMinutes())
                    + " minutes; allow refresh tokens for MCP clients."));
  }
}
