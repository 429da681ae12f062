package dev.countersign.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Whole {@code WWW-Authenticate} fields: any number of challenges on any number of field lines (RFC
 * 9110 section 11.6.1).
 *
 * <p>Several field lines mean the same as one line in which they are joined with commas (section
 * 5.3). Every method takes time in proportion to the length of its input.
 */
public final class Challenges {

  /** The most characters of a field, its lines joined: 8192, inclusive. */
  public static final int MAX_LENGTH = 8192;

  /** The most challenges of a field: 16, inclusive. */
  public static final int MAX_CHALLENGES = 16;

  /** The most auth-params of a challenge: 32, inclusive. */
  public static final int MAX_PARAMS = AuthParams.MAX;

  private static final Pattern FOLD = Pattern.compile("\r(?=\n[ \t])|\n(?=[ \t])");

  private Challenges() {}

  /**
   * What could be read of a field, and what is wrong with it.
   *
   * @param challenges the challenges in their order
   * @param findings what a strict parser refuses, or a client may, in the order of the text
   */
  public record Lenient(List<Challenge> challenges, List<Finding> findings) {

    /** Copies the lists. */
    public Lenient {
      challenges = List.copyOf(challenges);
      findings = List.copyOf(findings);
    }
  }

  /**
   * Reads one field line by the letter of the grammar.
   *
   * @param fieldLine the field value; folded lines are read as one (RFC 9112 section 5.2)
   * @return the challenges in their order, unmodifiable; empty if there is none
   * @throws ChallengeSyntaxException if the text is outside the grammar or beyond the limits
   */
  public static List<Challenge> parse(String fieldLine) {
    return Collections.unmodifiableList(new ChallengeParser(unfold(fieldLine)).parse());
  }

  /**
   * Reads all field lines by the letter of the grammar.
   *
   * @param fieldLines the values of the field lines in their order
   * @return the challenges in their order, unmodifiable; empty if there is none
   * @throws ChallengeSyntaxException if the text is outside the grammar or beyond the limits; its
   *     position counts in the lines joined with a comma and a space
   */
  public static List<Challenge> parse(List<String> fieldLines) {
    return parse(joined(fieldLines));
  }

  /**
   * Reads what is there, as far as a meaning can be guessed: past missing commas, semicolons,
   * single quotes, quotes without end, values that lack quotes, repeated auth-params (the first one
   * counts), and characters that do not belong there. Never throws. Where {@link #parse(List)}
   * finds challenges, this finds the same ones, but for values in single quotes, which it takes out
   * of them.
   *
   * @param fieldLines the values of the field lines in their order
   * @return the challenges and what is wrong with them
   */
  public static Lenient parseLenient(List<String> fieldLines) {
    LenientParser parser = lenientParser(fieldLines);
    return new Lenient(parser.challenges(), parser.findings());
  }

  /**
   * Reads what is there in one field line.
   *
   * @param fieldLine the field value
   * @return the challenges and what is wrong with them
   * @see #parseLenient(List)
   */
  public static Lenient parseLenient(String fieldLine) {
    return parseLenient(List.of(fieldLine));
  }

  /**
   * The field lines to send instead of those that a layer further in wrote: one line with the one
   * challenge of our scheme, and behind it one line for each challenge of another scheme.
   *
   * <p>All existing challenges of our scheme become one, the earlier ones first, and are
   * {@linkplain Challenge#completedWith completed} with ours. What the existing lines lack in form
   * they get; what cannot be read is left out. Never throws.
   *
   * @param existingLines the values of the field lines that are there; may be empty
   * @param ours the challenge that has to be in the response
   * @return field values in visible ASCII, space and tab; obs-text is replaced by question marks
   */
  public static List<String> complete(List<String> existingLines, Challenge ours) {
    Challenge completed = null;
    List<String> lines = new ArrayList<>();
    for (Challenge existing : parseLenient(existingLines).challenges()) {
      if (!existing.hasScheme(ours.scheme())) {
        lines.add(visibleAscii(existing));
      } else {
        completed = completed == null ? existing : completed.completedWith(existing);
      }
    }
    Challenge first = completed == null ? ours : completed.completedWith(ours);
    lines.add(0, visibleAscii(first));
    return Collections.unmodifiableList(lines);
  }

  static LenientParser lenientParser(List<String> fieldLines) {
    return new LenientParser(unfold(joined(fieldLines)));
  }

  private static String visibleAscii(Challenge challenge) {
    String text = challenge.toString();
    if (text.chars().allMatch(Grammar::isSendable)) {
      return text;
    }
    StringBuilder ascii = new StringBuilder(text.length());
    text.chars().forEach(c -> ascii.append(Grammar.isSendable(c) ? (char) c : '?'));
    return ascii.toString();
  }

  // RFC 9110 section 5.3: the combined field value is the list of the lines, each followed by a
  // comma
  private static String joined(List<String> fieldLines) {
    return fieldLines.size() == 1 ? fieldLines.get(0) : String.join(", ", fieldLines);
  }

  // obs-fold = OWS CRLF RWS, read as spaces, one for each character so that positions stay (RFC
  // 9112
  // section 5.2). A line break that folds nothing is left for the parser to refuse.
  private static String unfold(String text) {
    return text.indexOf('\n') < 0 ? text : FOLD.matcher(text).replaceAll(" ");
  }
}
