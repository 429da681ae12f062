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

  /** A refusal of this kind with this error; an empty error stands for none. */
  static Outcome refusal(RawResponse response, int status, String error) {
    return status(response, status).and(error(response, error));
  }

  static Outcome error(RawResponse response, String expected) {
    String seen = Subject.bearer(response).flatMap(one -> one.param("error")).orElse("");
    return Outcome.of(
        seen.equals(expected), "the error is '" + seen + "', expected '" + expected + "'");
  }

  static Outcome param(RawResponse response, String name) {
    boolean there =
        Subject.bearer(response)
            .flatMap((Challenge one) -> one.param(name))
            .filter(value -> !value.isEmpty())
            .isPresent();
    return Outcome.of(there, "the Bearer challenge has no " + name);
  }

  static Outcome noChallenge(RawResponse response) {
    return Outcome.of(
        response.values("WWW-Authenticate").isEmpty(), "there is a WWW-Authenticate field");
  }
}
