package dev.countersign.doctor.check;

import dev.countersign.doctor.wire.Answer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Something in an answer that only one product sends. */
@FunctionalInterface
interface Mark {

  /** What Spring Security adds to every response unless it is told otherwise, all of it. */
  Mark SPRING_HEADERS =
      answer ->
          answer.values("x-xss-protection").contains("0")
                  && answer.values("pragma").contains("no-cache")
                  && answer.values("expires").contains("0")
                  && answer
                      .values("cache-control")
                      .contains("no-cache, no-store, max-age=0, must-revalidate")
              ? Optional.of("its security headers")
              : Optional.empty();

  /** The same with a challenge that names metadata. */
  Mark SPRING_WITH_METADATA =
      answer ->
          SPRING_HEADERS.in(answer).isPresent()
                  && answer.values("www-authenticate").stream()
                      .anyMatch(line -> line.contains("resource_metadata="))
              ? Optional.of("its security headers and resource_metadata")
              : Optional.empty();

  /** What gives the product away in this answer; empty if nothing does. */
  Optional<String> in(Answer answer);

  /** A field whose whole value matches, without regard to case. */
  static Mark field(String name, String value) {
    Pattern pattern = Pattern.compile(value, Pattern.CASE_INSENSITIVE);
    return answer ->
        answer.values(name).stream()
            .filter(line -> pattern.matcher(line).matches())
            .findFirst()
            .map(line -> name + ": " + brief(line));
  }

  /** Something in the content, without regard to case. */
  static Mark body(String text) {
    Pattern pattern = Pattern.compile(text, Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
    return answer -> {
      Matcher matcher = pattern.matcher(answer.body());
      return matcher.find()
          ? Optional.of("\"" + brief(matcher.group()) + "\" in an answer")
          : Optional.empty();
    };
  }

  private static String brief(String text) {
    return Shown.cut(text.length() > 60 ? text.substring(0, 60) + "…" : text);
  }
}
