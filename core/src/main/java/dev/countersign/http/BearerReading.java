package dev.countersign.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/** The values of an OAuth challenge as what they mean, and what is wrong with them. */
record BearerReading(
    Set<String> scope,
    Optional<URI> resourceMetadata,
    List<String> acrValues,
    Optional<Duration> maxAge,
    List<String> algs,
    Optional<URI> errorUri,
    Map<String, String> extensions,
    List<BearerChallenge.Problem> problems) {

  /** Most digits of {@code max_age}: thirty million years are enough. */
  private static final int MAX_DIGITS = 15;

  static BearerReading of(Challenge challenge) {
    Reader reader = new Reader(challenge);
    return new BearerReading(
        Collections.unmodifiableSet(new LinkedHashSet<>(reader.tokens("scope"))),
        reader.resourceMetadata(),
        reader.tokens("acr_values"),
        reader.maxAge(),
        reader.tokens("algs"),
        reader.errorUri(),
        extensions(challenge),
        reader.problems());
  }

  private static Map<String, String> extensions(Challenge challenge) {
    Map<String, String> extensions = new LinkedHashMap<>(challenge.params());
    extensions
        .keySet()
        .removeIf(name -> BearerParam.named(name).isPresent() || isAlgs(challenge, name));
    return Collections.unmodifiableMap(extensions);
  }

  private static boolean isAlgs(Challenge challenge, String name) {
    return challenge.hasScheme("DPoP") && name.equalsIgnoreCase("algs");
  }

  private static final class Reader {

    private final Challenge challenge;
    private final Map<String, String> problems = new LinkedHashMap<>();

    Reader(Challenge challenge) {
      this.challenge = challenge;
      check("error", Grammar::isNqschar);
      check("error_description", Grammar::isNqschar);
    }

    private String value(String name) {
      return challenge.param(name).orElse("");
    }

    // error-description = 1*NQSCHAR, error = 1*NQSCHAR (RFC 6749 appendix A)
    private void check(String name, IntPredicate allowed) {
      challenge
          .param(name)
          .filter(value -> value.isEmpty() || !value.chars().allMatch(allowed))
          .ifPresent(
              value -> problem(name, value.isEmpty() ? "is empty" : "has an illegal character"));
    }

    // scope = scope-token *( SP scope-token ); acr_values and algs are lists of the same form
    List<String> tokens(String name) {
      Set<String> tokens = new LinkedHashSet<>();
      for (String token : value(name).split(" ", -1)) {
        if (token.isEmpty()) {
          problem(name, value(name).isEmpty() ? "is empty" : "has a space too many");
        } else if (!Grammar.isScopeToken(token)) {
          problem(name, "has an illegal character");
        } else if (!tokens.add(token)) {
          problem(name, "names something twice");
        }
      }
      return List.copyOf(tokens);
    }

    Optional<URI> resourceMetadata() {
      return challenge
          .param("resource_metadata")
          .map(MetadataUrl::of)
          .filter(url -> isUrl("resource_metadata", url))
          .flatMap(MetadataUrl::uri);
    }

    private boolean isUrl(String name, MetadataUrl url) {
      boolean usable = url.problem().isEmpty() || url.plainHttp();
      if (!usable) {
        problem(name, url.problem());
      }
      return usable;
    }

    // max_age: a non-negative integer, in seconds (RFC 9470 section 3)
    Optional<Duration> maxAge() {
      String digits = value("max_age");
      boolean number =
          !digits.isEmpty()
              && digits.length() <= MAX_DIGITS
              && digits.chars().allMatch(c -> c >= '0' && c <= '9');
      if (!number) {
        problem("max_age", "is no number of seconds");
        return Optional.empty();
      }
      return Optional.of(Duration.ofSeconds(Long.parseLong(digits)));
    }

    Optional<URI> errorUri() {
      String value = value("error_uri");
      try {
        URI uri = new URI(value);
        if (uri.isAbsolute() && value.chars().allMatch(Grammar::isNqchar)) {
          return Optional.of(uri);
        }
      } catch (URISyntaxException e) {
        // Reported below, as any other value that is no absolute URI.
      }
      problem("error_uri", "is not an absolute URI");
      return Optional.empty();
    }

    // The first problem of an auth-param is the one to mend first. What is not there has none.
    private void problem(String name, String sentence) {
      if (challenge.param(name).isPresent()) {
        problems.putIfAbsent(name, sentence);
      }
    }

    List<BearerChallenge.Problem> problems() {
      List<BearerChallenge.Problem> found = new ArrayList<>();
      for (String name : challenge.params().keySet()) {
        String lower = name.toLowerCase(Locale.ROOT);
        String sentence = problems.get(lower);
        if (sentence != null) {
          found.add(new BearerChallenge.Problem(lower, sentence));
        }
      }
      return Collections.unmodifiableList(found);
    }
  }
}
