package dev.countersign.conformance;

import dev.countersign.http.Challenge;
import dev.countersign.testkit.RawResponse;

/** The outcomes that many rules share. */
final class Seen {

  private Seen() {}

  static Outcome status(RawResponse response, int... expected) {
    for (int one : expected) {
      if (response.status() == one) {
        return new Outcome.Kept();
      }
    }
    StringBuilder text = new StringBuilder("the status is " + response.status() + ", expected ");
    for (int at = 0; at < expected.length; at++) {
      text.append(at == 0 ? "" : " or ").append(expected[at]);
    }
    return new Outcome.Broken(text.toString());
  }

  /** Let through by what judges tokens, whatever the application says then. */
  static Outcome admitted(RawResponse response) {
    int status = response.status();
    return Outcome.of(
        status != 401 && status != 403 && status < 500,
        "the status is " + status + ", expected an answer of the application");
  }

  /** Refused, by whomever. */
  static Outcome refused(RawResponse response) {
    return Outcome.of(
        response.status() >= 400 && response.status() < 500,
        "the status is " + response.status() + ", expected 400 to 499");
  }

  /** A refusal of this kind with this error; an empty error stands for none. */
  static Outcome refusal(RawResponse response, int status, String error) {
    return status(response, status).and(error(response, error));
  }

  static Outcome error(RawResponse response, String expected) {
    return error(response, "Bearer", expected);
  }

  static Outcome error(RawResponse response, String scheme, String expected) {
    String seen = Subject.challenge(response, scheme).flatMap(one -> one.param("error")).orElse("");
    return Outcome.of(
        seen.equals(expected), "the error is '" + seen + "', expected '" + expected + "'");
  }

  static String value(RawResponse response, String name) {
    return Subject.bearer(response).flatMap((Challenge one) -> one.param(name)).orElse("");
  }

  static Outcome param(RawResponse response, String name) {
    return Outcome.of(!value(response, name).isEmpty(), "the Bearer challenge has no " + name);
  }

  static Outcome noChallenge(RawResponse response) {
    return Outcome.of(
        response.values("WWW-Authenticate").isEmpty(), "there is a WWW-Authenticate field");
  }
}
