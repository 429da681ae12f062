package dev.countersign.conformance;

import static dev.countersign.conformance.Plant.after;
import static dev.countersign.conformance.Plant.answers;
import static dev.countersign.conformance.Plant.breaking;
import static dev.countersign.conformance.Plant.challenge;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** What can be wrong with a challenge. */
final class ChallengePlants {

  private static final String SCOPE = "scope=\"mcp:read\"";
  private static final Pattern URL = Pattern.compile("resource_metadata=\"([^\"]*)\"");

  private ChallengePlants() {}

  static List<Plant> all() {
    return List.of(
        breaking("C01 a 401 has a challenge", without()),
        written("C03 the scheme is Bearer", value -> value.replace("Bearer", "Basic")),
        written("C04 no bare Bearer", value -> "Bearer"),
        written("C06 each parameter once", value -> value + ", " + SCOPE),
        written(
            "C08 no white space around the equals sign", value -> value.replace("=\"", " = \"")),
        written("C09 a comma between parameters", value -> value.replace("\",", "\";")),
        written(
            "C11 the metadata URL is quoted",
            value -> URL.matcher(value).replaceAll("resource_metadata=$1")),
        written("C14 only characters that a field may have", value -> value + ", x=\"\u0001\""),
        written(
            "C20 the metadata URL is absolute",
            value -> value.replaceAll("http://localhost:[0-9]+", "")),
        breaking("C24 Bearer comes first", answers(one -> true, ChallengePlants::reversed)),
        written("C25 no folded lines", value -> value.replace(", ", ",\r\n ")),
        written("C27 parameters only", value -> "Bearer abcdef=="),
        breaking(
            "C28 no 407",
            after(Plant::isAnonymous, one -> one.with("Proxy-Authenticate", "Basic"))),
        written("C31 the field begins with Bearer", value -> "Basic realm=\"x\", " + value),
        written("C32 Bearer with a capital B only", value -> value.replace("Bearer", "bearer")),
        written("C33 names in lower case", value -> value.replace("scope=", "Scope=")),
        added("C34 no value that looks like another parameter", "realm=\"my scope=all\""),
        added("C35 no comma in a value", "error_description=\"a, b\""),
        added("C36 no backslash in a value", "realm=\"a\\\\b\""),
        added("C37 no empty value", "realm=\"\""),
        added("C38 at most 1536 characters", "realm=\"" + "a".repeat(1600) + "\""),
        written(
            "M79 the metadata URL has the origin of the resource",
            value -> value.replaceAll("http://localhost:[0-9]+", "http://127.0.0.1")),
        written(
            "S11 the challenge names the metadata",
            value -> URL.matcher(value).replaceAll("x=\"y\"")),
        written("S12 the challenge names a scope", value -> value.replace(SCOPE, "x=\"y\"")),
        breaking(
            "C23 each challenge has its own line", answers(one -> true, ChallengePlants::joined)));
  }

  private static ReferenceServer.Fault without() {
    return after(Plant::isAnonymous, one -> one.without("WWW-Authenticate"));
  }

  /** Every Bearer challenge without an error, in another form. */
  private static Plant written(String rule, UnaryOperator<String> change) {
    return breaking(
        rule,
        answers(
            one -> true,
            challenge("Bearer", value -> value.contains("error=") ? value : change.apply(value))));
  }

  private static Plant added(String rule, String parameter) {
    return written(rule, value -> value + ", " + parameter);
  }

  private static Message reversed(Message answer) {
    List<String> lines = answer.values("WWW-Authenticate");
    Message other = answer.without("WWW-Authenticate");
    for (int at = lines.size() - 1; at >= 0; at--) {
      other = other.with("WWW-Authenticate", lines.get(at));
    }
    return other;
  }

  private static Message joined(Message answer) {
    return answer.has("WWW-Authenticate")
        ? answer.set("WWW-Authenticate", String.join(", ", answer.values("WWW-Authenticate")))
        : answer;
  }
}
