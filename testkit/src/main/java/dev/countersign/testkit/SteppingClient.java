package dev.countersign.testkit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A client that logs in again whenever it is asked for more scope, and the detector of loops: the
 * same challenge twice, or more than a few at all, fails. Not thread-safe.
 */
final class SteppingClient {

  /** What becomes of the scopes that the client has when a challenge names others. */
  enum Habit {
    /** They stay, as in the SDKs of Python and of TypeScript from version 2 on. */
    UNITE,
    /** They are replaced, as in the SDK of TypeScript before. */
    REPLACE
  }

  private static final int MAX_STEPS = 5;

  private final Stand stand;
  private final Function<String, String> login;
  private final Habit habit;
  private final Set<String> scopes = new LinkedHashSet<>();

  /**
   * A client that has logged in.
   *
   * @param login gives an access token for a scope
   * @param scope what it has at first
   */
  SteppingClient(Stand stand, Function<String, String> login, Habit habit, String scope) {
    this.stand = stand;
    this.login = login;
    this.habit = habit;
    this.scopes.addAll(List.of(scope.split(" ")));
  }

  /**
   * Sends a request until it is admitted.
   *
   * @param request the request without credentials
   * @return how many challenges it took
   */
  int steps(RawRequest request) throws IOException {
    List<String> challenges = new ArrayList<>();
    while (challenges.size() < MAX_STEPS) {
      RawResponse response = stand.send(request.bearer(login.apply(String.join(" ", scopes))));
      if (response.status() == 200) {
        return challenges.size();
      }
      String challenge = response.value("WWW-Authenticate").orElse("none");
      if (response.status() != 403 || challenges.contains(challenge)) {
        throw new AssertionError(response + " with " + challenge + " after " + challenges);
      }
      challenges.add(challenge);
      learn(Challenged.params(challenge));
    }
    throw new AssertionError("an endless loop: " + challenges);
  }

  private void learn(Map<String, String> challenge) {
    if (habit == Habit.REPLACE) {
      scopes.clear();
    }
    scopes.addAll(List.of(challenge.getOrDefault("scope", "none").split(" ")));
  }
}
