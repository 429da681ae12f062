package dev.countersign.doctor.token;

import dev.countersign.config.ConfigException;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.config.SettingSource;
import dev.countersign.oauth.BearerToken;
import dev.countersign.oauth.Decision;
import dev.countersign.token.JwtTokenValidator;
import dev.countersign.token.JwtTokenValidator.Settings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Judges one token by the validator of Countersign under changing settings. Asks nobody. Immutable.
 */
final class Trial {

  private final BearerToken token;
  private final TokenDoctor.Place place;

  /**
   * A trial.
   *
   * @throws IllegalArgumentException if the text cannot be a token
   */
  Trial(String token, TokenDoctor.Place place) {
    this.token = BearerToken.of(token);
    this.place = place;
  }

  /** Judges it with some settings beside resource and authorization server, at some time. */
  Decision judge(Map<String, String> settings, Instant now) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("resource", place.resource());
    all.put("authorization-servers", place.issuer());
    all.put("allow-http-on-loopback", String.valueOf(isPlain(place)));
    all.putAll(settings);
    InstantSource clock = InstantSource.fixed(now);
    ResourceServerConfig config =
        ResourceServerConfig.builder(List.of(SettingSource.of("doctor", all)))
            .clock(Clock.fixed(now, java.time.ZoneOffset.UTC))
            .build();
    if (config.jwtIssuers().isEmpty()) {
      return new Decision.Undecided("it is for opaque tokens");
    }
    byte[] keys = place.keySet().getBytes(StandardCharsets.UTF_8);
    try (JwtTokenValidator validator =
        JwtTokenValidator.offline(
            config.jwtIssuers(),
            keys,
            new Settings(clock, config.clockSkew(), config.maxTokenLength(), 0))) {
      return validator.validate(token, config.resources().get(0).identifier());
    }
  }

  private static boolean isPlain(TokenDoctor.Place place) {
    return List.of(place.resource(), place.issuer()).stream()
        .map(URI::create)
        .anyMatch(url -> "http".equals(String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT)));
  }

  /** Why settings cannot be used, without what was given. */
  static String problem(ConfigException e) {
    return e.problems().get(0).setting() + ": " + e.problems().get(0).expectation();
  }
}
