package dev.countersign.mcp;

import dev.countersign.oauth.AccessToken;
import dev.countersign.oauth.AuthenticationStrength;
import dev.countersign.oauth.Scope;
import dev.countersign.spi.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What all calls of one body need together, collected. Not thread-safe, used once. */
final class Needs {

  private static final Verdict PERMITTED = new Verdict.Permitted();
  private static final Verdict FORBIDDEN = new Verdict.Forbidden();

  private final Scope held;
  private final Scope required;
  private final List<AuthenticationStrength> logins = new ArrayList<>();
  private Scope needed;
  private boolean denied;

  Needs(Scope held, Scope required, AuthenticationStrength login) {
    this.held = held;
    this.required = required;
    this.needed = required;
    addLogin(login);
  }

  void add(Requirement requirement) {
    denied |= requirement.denied();
    needed = needed.and(requirement.closest(held));
    addLogin(requirement.login());
  }

  void add(Verdict verdict) {
    if (verdict instanceof Verdict.Lacking lacking) {
      needed = needed.and(lacking.needed());
      addLogin(lacking.login());
    }
    denied |= verdict instanceof Verdict.Forbidden;
  }

  private void addLogin(AuthenticationStrength login) {
    if (!login.isAny() && !logins.contains(login)) {
      logins.add(login);
    }
  }

  /**
   * The verdict on a token.
   *
   * @param concealed whether nothing is to be said about scopes beyond the required ones
   */
  Verdict verdict(AccessToken token, Instant now, Duration skew, boolean concealed) {
    boolean enough = held.covers(needed);
    if (concealed && !enough) {
      return held.covers(required) ? FORBIDDEN : new Verdict.Lacking(required);
    }
    boolean loggedIn = true;
    for (AuthenticationStrength one : logins) {
      loggedIn &= one.isMetBy(token.claims(), now, skew);
    }
    if (denied || (!loggedIn && isContradiction())) {
      return FORBIDDEN;
    }
    if (enough && loggedIn) {
      return PERMITTED;
    }
    return new Verdict.Lacking(needed, loggedIn ? AuthenticationStrength.ANY : strongest());
  }

  private AuthenticationStrength strongest() {
    return logins.stream().reduce(AuthenticationStrength.ANY, AuthenticationStrength::and);
  }

  // No login has two values of acr, and who asked for one of them would be asked again and again.
  private boolean isContradiction() {
    List<String> common = List.of();
    for (AuthenticationStrength login : logins) {
      if (login.acrValues().isEmpty()) {
        continue;
      }
      if (!common.isEmpty() && Collections.disjoint(common, login.acrValues())) {
        return true;
      }
      common =
          common.isEmpty()
              ? login.acrValues()
              : login.acrValues().stream().filter(common::contains).toList();
    }
    return false;
  }
}
