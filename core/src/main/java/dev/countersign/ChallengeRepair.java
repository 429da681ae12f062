package dev.countersign;

import dev.countersign.config.ProtectedResource;
import dev.countersign.http.BearerChallenge;
import dev.countersign.http.Challenge;
import dev.countersign.http.ChallengeBuilder;
import dev.countersign.http.ChallengeLint;
import dev.countersign.http.Challenges;
import dev.countersign.http.Finding;
import dev.countersign.http.LintCode;
import dev.countersign.oauth.AuthScheme;
import dev.countersign.oauth.Denial;
import dev.countersign.oauth.Scope;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The {@code WWW-Authenticate} field that a response should have, made from the one that it has:
 * one Bearer challenge that every client reads (one for DPoP if the application has no other), and
 * behind it the challenges of other schemes. The same situation always gets the same bytes.
 */
final class ChallengeRepair {

  static final String FIELD = "WWW-Authenticate";

  // Longer fields are cut or refused on the way, as ChallengeLint says.
  private static final int MAX_LENGTH = 1536;

  // An application has a handful of ways to refuse; one that writes ever new texts is repaired all
  // the same.
  private static final int MAX_KNOWN = 256;

  private static final String BEARER = AuthScheme.BEARER.wireName();
  private static final String DPOP = AuthScheme.DPOP.wireName();

  private final Answers answers;
  private final boolean gated;
  private final Map<Situation, Change> known = new ConcurrentHashMap<>();

  /**
   * For the answers of an application.
   *
   * @param gated whether its requests come with a good token: a 401 that asks for no other one is
   *     then about something else
   */
  ChallengeRepair(Answers answers, boolean gated) {
    this.answers = answers;
    this.gated = gated;
  }

  /** Everything that the field depends on. */
  record Situation(
      Resources.Selected selected, int status, PresentedToken token, List<String> lines) {

    boolean isUnauthorized() {
      return status == 401;
    }

    ProtectedResource resource() {
      return selected.resource();
    }
  }

  /** Whether there may be anything to do; cheap, because almost always there is not. */
  static boolean concerns(int status, List<String> lines) {
    return status == 401 || !lines.isEmpty();
  }

  /**
   * The change; none where nothing is wrong, and where the application did not ask for a Bearer
   * token: a refusal without such a challenge is one that no token cures, but for a 401.
   */
  Optional<Change> change(Situation situation) {
    Change change = known.get(situation);
    if (change == null) {
      change = make(situation, List.of());
      if (known.size() < MAX_KNOWN) {
        known.put(situation, change);
      }
    }
    return change.changes() || isUseless(situation, change)
        ? Optional.of(change)
        : Optional.empty();
  }

  /** The same for lines that hold one of these secrets, which must not stay in memory. */
  Optional<Change> changeOnce(Situation situation, List<String> secrets) {
    Change change = make(situation, secrets);
    return change.changes() ? Optional.of(change) : Optional.empty();
  }

  // Clients look for a challenge in a 401 or 403 only, so that an operator has to know of others.
  private static boolean isUseless(Situation situation, Change change) {
    return situation.status() < 400
        && !scheme(Challenges.parseLenient(change.before()).challenges()).isEmpty();
  }

  private Change make(Situation situation, List<String> secrets) {
    List<String> before = situation.lines();
    List<Challenge> all = Challenges.parseLenient(before).challenges();
    String found = scheme(all);
    if (found.isEmpty() && (gated || !situation.isUnauthorized())) {
      return Change.of(FIELD, before, before);
    }
    String scheme = found.isEmpty() ? BEARER : found;
    Map<Boolean, List<Challenge>> ofScheme =
        all.stream().collect(Collectors.partitioningBy(one -> one.hasScheme(scheme)));
    List<Challenge> others = ofScheme.getOrDefault(false, List.of());
    Challenge inner = merged(scheme, ofScheme.getOrDefault(true, List.of()), situation);
    Challenge ours = ours(scheme, others, situation);
    List<String> after =
        Challenges.complete(
            others.stream().map(Challenge::toString).distinct().toList(), completed(inner, ours));
    return Change.of(FIELD, before, after, mended(situation, after), secrets);
  }

  // An application that takes tokens with a proof only must not seem to take them without.
  private static String scheme(List<Challenge> challenges) {
    return Stream.of(BEARER, DPOP)
        .filter(scheme -> challenges.stream().anyMatch(one -> one.hasScheme(scheme)))
        .findFirst()
        .orElse("");
  }

  private static Challenge merged(String scheme, List<Challenge> same, Situation situation) {
    Challenge inner = Challenge.of(scheme);
    for (Challenge challenge : same) {
      inner = inner.completedWith(BearerChallenge.from(challenge).mended());
    }
    if (situation.isUnauthorized() && situation.token() == PresentedToken.NONE) {
      inner = inner.without("error").without("error_description").without("error_uri");
    }
    // The metadata is served here, so that its URL is known better than anybody can write it.
    return situation.selected().certain() ? inner.without("resource_metadata") : inner;
  }

  private static Challenge completed(Challenge inner, Challenge ours) {
    Challenge whole = inner.completedWith(ours);
    return fits(whole) ? whole : shortened(inner, ours);
  }

  private static Challenge shortened(Challenge inner, Challenge ours) {
    Challenge essence = Challenge.of(ours.scheme());
    for (String name : List.of("realm", "error")) {
      Optional<String> value = inner.param(name);
      essence = value.isPresent() ? essence.with(name, value.get()) : essence;
    }
    Challenge whole = essence.completedWith(ours);
    return fits(whole) ? whole : ours;
  }

  private static boolean fits(Challenge challenge) {
    return challenge.toString().length() <= MAX_LENGTH;
  }

  private Challenge ours(String scheme, List<Challenge> others, Situation situation) {
    // Where a proof is what is wrong, the error stands with the challenge for proofs.
    boolean explained = others.stream().anyMatch(other -> other.param("error").isPresent());
    boolean sent = situation.token() == PresentedToken.SENT && !explained;
    Denial why = sent ? why(situation.status()) : Denial.NO_CREDENTIALS;
    ProtectedResource resource = situation.resource();
    ChallengeBuilder ours = Challenge.builder(scheme);
    answers
        .bearer(resource, why, scope(situation.status(), resource))
        .params()
        .forEach(ours::param);
    return ours.build();
  }

  // The error code that belongs to a status (RFC 6750 section 3.1).
  private static Denial why(int status) {
    return switch (status) {
      case 400 -> Denial.MALFORMED_CREDENTIALS;
      case 401 -> Denial.CLAIMS;
      case 403 -> Denial.MISSING_SCOPE;
      default -> Denial.NO_CREDENTIALS;
    };
  }

  private static Scope scope(int status, ProtectedResource resource) {
    if (status == 400) {
      return Scope.NONE;
    }
    return status == 403 && !resource.required().isEmpty()
        ? resource.required()
        : resource.announced();
  }

  private static Set<LintCode> mended(Situation situation, List<String> after) {
    String origin = situation.resource().identifier().origin();
    ChallengeLint lint =
        situation.token() == PresentedToken.NONE
            ? ChallengeLint.withoutToken(origin)
            : ChallengeLint.withToken(origin);
    Set<LintCode> codes = EnumSet.noneOf(LintCode.class);
    lint.check(situation.lines()).stream().map(Finding::code).forEach(codes::add);
    lint.check(after).stream().map(Finding::code).forEach(codes::remove);
    return codes;
  }
}
