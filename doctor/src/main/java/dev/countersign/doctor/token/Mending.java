package dev.countersign.doctor.token;

import dev.countersign.config.ConfigException;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Decision.Denied;
import dev.countersign.oauth.Decision.Granted;
import dev.countersign.oauth.Denial;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Changes one setting after the other, as each refusal demands, until the validator accepts the
 * token or nothing is left that an operator should change. Not thread-safe.
 */
final class Mending {

  private static final int MOST_STEPS = 10;
  private static final Duration MOST_SKEW = Duration.ofMinutes(5);
  private static final Pattern ACCESS_TYPE =
      Pattern.compile("[a-z0-9.+-]{0,20}access[a-z0-9.+-]{0,20}");
  private static final List<String> OF_RFC9068 = List.of("client_id", "iat", "jti");

  private final Trial trial;
  private final TokenContent token;
  private final AudienceAdvice audience;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();
  private Instant now;
  private boolean pastItsTime;

  Mending(Trial trial, TokenContent token, AudienceAdvice audience, Instant now) {
    this.trial = trial;
    this.token = token;
    this.audience = audience;
    this.now = now;
  }

  /**
   * How far it came.
   *
   * @param first the first refusal; empty if there was none
   * @param granted the decision that accepts it; empty if nothing helps
   * @param settings what was changed
   * @param notes what else to know
   * @param at the time at which the token was judged in the end: a little in the past if it has
   *     expired
   */
  record Result(
      Optional<Denied> first,
      Optional<Granted> granted,
      Map<String, String> settings,
      List<String> notes,
      Instant at) {}

  /** Begins with some settings. */
  Result from(Map<String, String> start) {
    settings.putAll(start);
    Optional<Denied> first = Optional.empty();
    for (int step = 0; step < MOST_STEPS; step++) {
      Decision decision = judge();
      if (decision instanceof Granted granted) {
        return result(first, Optional.of(granted));
      }
      if (!(decision instanceof Denied denied)) {
        break;
      }
      first = first.isPresent() ? first : Optional.of(denied);
      if (!mend(denied)) {
        break;
      }
    }
    return result(first, Optional.empty());
  }

  private Decision judge() {
    try {
      return trial.judge(settings, now);
    } catch (ConfigException e) {
      notes.add(Trial.problem(e));
      return new Decision.Undecided("these settings do not go together");
    }
  }

  private Result result(Optional<Denied> first, Optional<Granted> granted) {
    return new Result(first, granted, Map.copyOf(settings), List.copyOf(notes), now);
  }

  private boolean mend(Denied denied) {
    return switch (denied.why()) {
      case TOKEN_TOO_LONG -> change("max-token-length", "65536");
      case ALGORITHM -> algorithm();
      case TOKEN_TYPE -> type();
      case ISSUER -> issuer();
      case CLAIMS -> claims(denied);
      case AUDIENCE -> audience.mend(settings, notes);
      case EXPIRED -> expired();
      case NOT_YET_VALID -> notYet();
      default -> stuck(denied.why());
    };
  }

  // Never twice the same: then it did not help.
  private boolean change(String key, String value) {
    return !value.equals(settings.put(key, value));
  }

  private boolean note(String text) {
    notes.add(text);
    return false;
  }

  private boolean algorithm() {
    String name = token.algorithm().orElse("");
    return name.matches("(RS|PS|ES)(384|512)")
        ? change("algorithms", name)
        : note(
            "Let the authorization server sign with RS256 or ES256; no setting admits none or an"
                + " HMAC, whose key a resource server must not have.");
  }

  private boolean type() {
    String type = token.type().orElse("JWT").toLowerCase(Locale.ROOT);
    String subtype = type.startsWith("application/") ? type.substring(12) : type;
    if (subtype.equals("jwt")) {
      return change("accept-plain-jwt", "true")
          || note("The header or the claims say that this is no access token.");
    }
    // Proofs, logouts and events have types of their own, and are signed by the same keys.
    return ACCESS_TYPE.matcher(subtype).matches()
        ? change("token-types", "at+jwt," + subtype)
        : note("The typ of the header says that this is no access token.");
  }

  private boolean issuer() {
    Optional<String> issuer = token.text("iss");
    if (issuer.isEmpty()) {
      return note("The token has no iss; its authorization server has to set one.");
    }
    return change("issuer-aliases", issuer.get());
  }

  private boolean claims(Denied denied) {
    boolean incomplete = OF_RFC9068.stream().anyMatch(name -> !token.has(name));
    if (incomplete
        && !settings.containsKey("accept-plain-jwt")
        && !settings.containsKey("profile")) {
      return change("accept-plain-jwt", "true");
    }
    if (token.isArray("scope")) {
      return change("accept-scope-array", "true");
    }
    return note(denied.detail() + ": this can be mended at the authorization server only.");
  }

  private boolean expired() {
    Instant end = token.time("exp").orElse(now);
    if (pastItsTime || !end.isBefore(now.plusSeconds(1))) {
      return note("The token is too old; get a new one.");
    }
    pastItsTime = true;
    Duration since = Duration.between(end, now);
    notes.add(
        "It expired "
            + Spans.of(since)
            + " ago; get a new one. Everything else is judged as if it had not."
            + (since.compareTo(MOST_SKEW) < 0
                ? " If it is new, the clocks differ: set them right, or clock-skew=" + skew(since)
                : ""));
    now = end.minusSeconds(1);
    return true;
  }

  private boolean notYet() {
    Instant begin =
        List.of(token.time("nbf").orElse(now), token.time("iat").orElse(now)).stream()
            .max(Instant::compareTo)
            .orElse(now);
    Duration ahead = Duration.between(now, begin);
    if (ahead.compareTo(MOST_SKEW) < 0) {
      notes.add("The clocks differ by " + Spans.of(ahead) + "; better than a setting, mend them.");
      return change("clock-skew", skew(ahead));
    }
    notes.add("It is not valid for another " + Spans.of(ahead) + ": set the clocks right.");
    boolean again = pastItsTime;
    pastItsTime = true;
    now = begin;
    return !again;
  }

  // Whole half minutes, so that the next token gets through as well.
  private static String skew(Duration difference) {
    long halfMinutes = Math.min(10, difference.toSeconds() / 30 + 1);
    return Duration.ofSeconds(halfMinutes * 30).toString();
  }

  private boolean stuck(Denial why) {
    return note(
        switch (why) {
          case SIGNATURE, UNKNOWN_KEY ->
              token.hasHeader("nonce")
                  ? "Entra makes tokens with a nonce in the header for its own services, Microsoft"
                      + " Graph for instance; nobody else can verify them. Ask for a scope of your"
                      + " own application."
                  : "It was not signed with a key of this authorization server: it is from another"
                      + " one, another tenant or another environment, or it was changed.";
          case ID_TOKEN -> "This is an ID token or a refresh token. Send the access token.";
          case TOKEN_MALFORMED -> "It was cut, changed, or is no access token.";
          default -> "No setting changes this.";
        });
  }
}
