package dev.countersign.doctor.token;

import dev.countersign.config.ConfigException;
import dev.countersign.config.Profile;
import dev.countersign.doctor.token.TokenVerdict.Kind;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Decision.Denied;
import dev.countersign.oauth.Decision.Granted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says what Countersign would make of a token, by its own validator: as configured at first, with
 * each profile, and with whatever single settings are needed.
 */
public final class TokenDoctor {

  /**
   * Where the token is to be used. Immutable.
   *
   * @param resource the identifier of the resource
   * @param issuer the authorization server, as the metadata of the resource names it
   * @param keySet its keys as they were fetched, a JWK set
   * @param scopes what the challenge of the resource asks for
   */
  public record Place(String resource, String issuer, String keySet, List<String> scopes) {

    /** Copies the list. */
    public Place {
      scopes = List.copyOf(scopes);
    }
  }

  private static final String CANNOT_JUDGE = "The token could not be judged: ";

  private final String text;
  private final TokenContent token;
  private final Place place;
  private final Instant now;
  private final AudienceAdvice audience;

  private TokenDoctor(String text, TokenContent token, Place place, Instant now) {
    this.text = text;
    this.token = token;
    this.place = place;
    this.now = now;
    this.audience = new AudienceAdvice(token, place.resource());
  }

  /**
   * Looks at a signed JWT.
   *
   * @param text the token
   * @param token its content
   * @param place where it is to be used
   * @param now the time
   * @return what would become of it
   */
  public static TokenVerdict judge(String text, TokenContent token, Place place, Instant now) {
    try {
      return new TokenDoctor(text, token, place, now).verdict();
    } catch (ConfigException e) {
      return TokenVerdict.notJudged(CANNOT_JUDGE + Trial.problem(e), List.of(), List.of());
    } catch (IllegalArgumentException e) {
      // Ours: of the key set, or of the characters of the token.
      return TokenVerdict.notJudged(CANNOT_JUDGE + e.getMessage(), List.of(), List.of());
    }
  }

  private TokenVerdict verdict() {
    Trial trial = new Trial(text, place);
    Mending.Result bare = mending(trial).from(Map.of());
    if (bare.first().isEmpty() && bare.granted().isEmpty()) {
      return TokenVerdict.notJudged(
          CANNOT_JUDGE + "the settings do not go together", List.of(), bare.notes());
    }
    Map<Profile, Optional<String>> profiles = profiles(trial, bare.at());
    Optional<Profile> fitting = bare.first().isEmpty() ? Optional.empty() : fitting(profiles);
    Optional<Mending.Result> withProfile =
        fitting
            .map(profile -> mending(trial).from(start(profile)))
            .filter(result -> result.granted().isPresent());
    return withProfile
        .map(best -> verdict(bare, best, fitting, profiles))
        .orElseGet(() -> verdict(bare, bare, Optional.empty(), profiles));
  }

  private Mending mending(Trial trial) {
    return new Mending(trial, token, audience, now);
  }

  private TokenVerdict verdict(
      Mending.Result bare,
      Mending.Result best,
      Optional<Profile> profile,
      Map<Profile, Optional<String>> profiles) {
    ScopeAdvice scopes = new ScopeAdvice(new Trial(text, place), token, place.scopes(), best.at());
    Map<String, String> settings = new LinkedHashMap<>(best.settings());
    List<String> notes = new ArrayList<>();
    issuer().flatMap(Vendor::of).ifPresent(vendor -> notes.add(vendor.hint()));
    notes.addAll(best.notes());
    boolean good = best.granted().isPresent();
    best.granted().ifPresent(granted -> scopes.mend(granted, settings, notes));
    if (token.has("cnf")) {
      bound(settings, notes);
    }
    Kind kind = kind(good, bare.first().isEmpty(), settings.isEmpty());
    Map<String, String> table = new LinkedHashMap<>();
    profiles.forEach((one, why) -> table.put(one.id(), why.orElse("accepts it")));
    return new TokenVerdict(
        kind,
        reason(bare),
        profile.map(Profile::id).orElse(""),
        good ? shown(settings) : List.of(),
        notes.stream().distinct().toList(),
        table,
        0);
  }

  private static Kind kind(boolean good, boolean atOnce, boolean unchanged) {
    if (good && atOnce && unchanged) {
      return Kind.ACCEPTED;
    }
    // Good without a change, but not at once: it has expired.
    return good && !unchanged ? Kind.MENDABLE : Kind.REFUSED;
  }

  private static String reason(Mending.Result bare) {
    return bare.first()
        .map(TokenDoctor::refusal)
        .orElse("The token is good for this resource by RFC 9068.");
  }

  private static String refusal(Denied denied) {
    return denied.why() + ": " + denied.detail();
  }

  private static List<String> shown(Map<String, String> settings) {
    // The profile comes first: the others are beside it.
    return Stream.concat(
            settings.entrySet().stream().filter(one -> one.getKey().equals("profile")),
            settings.entrySet().stream()
                .filter(one -> !one.getKey().equals("profile"))
                .sorted(Map.Entry.comparingByKey()))
        .map(one -> one.getKey() + "=" + one.getValue())
        .toList();
  }

  private void bound(Map<String, String> settings, List<String> notes) {
    if (token.has("cnf", "jkt")) {
      settings.put("dpop", "optional");
      notes.add("It is bound to a key: whoever sends it has to send a DPoP proof beside it.");
    } else {
      settings.put("certificate-bound-tokens", "optional");
      notes.add(
          "It is bound to a client certificate: whoever sends it has to show that certificate in"
              + " the TLS connection.");
    }
  }

  private Optional<String> issuer() {
    return token.text("iss");
  }

  // Empty for a profile that accepts it, otherwise why it does not.
  private Map<Profile, Optional<String>> profiles(Trial trial, Instant at) {
    Map<Profile, Optional<String>> results = new LinkedHashMap<>();
    for (Profile profile : Profile.values()) {
      results.put(profile, refusal(trial, profile, at));
    }
    return results;
  }

  private Optional<String> refusal(Trial trial, Profile profile, Instant at) {
    try {
      Decision decision = trial.judge(start(profile), at);
      if (decision instanceof Granted) {
        return Optional.empty();
      }
      return Optional.of(
          decision instanceof Denied denied
              ? "refuses it, " + refusal(denied)
              : decision instanceof Decision.Undecided undecided
                  ? undecided.cause()
                  : "says nothing");
    } catch (ConfigException e) {
      return Optional.of("does not fit, " + Trial.problem(e));
    }
  }

  /** A profile with what it needs beside it, from this token. */
  private Map<String, String> start(Profile profile) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("profile", profile.id());
    for (String need : profile.needs()) {
      String value =
          switch (need) {
            case "audience-aliases" -> String.join(",", audience.aliases());
            case "client-ids" -> token.client().orElse("");
            case "binding-scopes" -> String.join(" ", audience.bindingScopes());
            default -> token.text("tid").orElse("");
          };
      if (!value.isEmpty()) {
        settings.put(need, value);
      }
    }
    if (profile.needs().contains("tenants")) {
      settings.put("authorization-servers", "https://login.microsoftonline.com/{tenantid}/v2.0");
    }
    return settings;
  }

  // By the issuer, or by a claim that only such a server sets: a guess is worse than none.
  private Optional<Profile> fitting(Map<Profile, Optional<String>> profiles) {
    Optional<Vendor> vendor = issuer().flatMap(Vendor::of);
    if (vendor.isPresent()) {
      return vendor.get().profiles().stream().map(TokenDoctor::profile).findFirst();
    }
    return profiles.entrySet().stream()
        .filter(one -> one.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .filter(profile -> profile.presets().containsKey("required-claims"))
        .findFirst();
  }

  private static Profile profile(String id) {
    return Arrays.stream(Profile.values())
        .filter(profile -> profile.id().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
