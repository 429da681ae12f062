package dev.countersign.doctor.check;

import dev.countersign.http.Challenge;
import dev.countersign.testkit.client.ClientParser;
import dev.countersign.testkit.client.ClientReading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a client takes from a challenge instead of what was meant. */
public final class Misreading {

  private Misreading() {}

  /**
   * What a client does with some field lines.
   *
   * @param parser the client
   * @param lines the values of {@code WWW-Authenticate} lines
   * @param meant the challenge that it should have read
   * @return "reads no scope" for instance; empty if it reads what was meant
   */
  public static Optional<String> of(ClientParser parser, List<String> lines, Challenge meant) {
    if (parser.understands(lines, meant)) {
      return Optional.empty();
    }
    ClientReading got = parser.read(lines);
    if (got.aborted()) {
      return Optional.of("gives up the login");
    }
    List<String> wrong = new ArrayList<>();
    compare("resource_metadata", got.resourceMetadata(), meant, wrong);
    compare("scope", got.scope(), meant, wrong);
    compare("error", got.error(), meant, wrong);
    return Optional.of("reads " + String.join(" and ", wrong));
  }

  private static void compare(
      String name, Optional<String> got, Challenge meant, List<String> wrong) {
    Optional<String> sent = meant.param(name).filter(value -> !value.isEmpty());
    if (!got.equals(sent)) {
      wrong.add((got.isEmpty() ? "no " : sent.isEmpty() ? "an invented " : "another ") + name);
    }
  }
}
