package dev.countersign.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reads what can be read of a field value, and notes what is wrong with it. Takes the text apart
 * like {@link ChallengeParser} does; where that one gives up, this one does what most authors of
 * such a field meant. Every step moves forward, so it takes linear time. Not thread-safe; one
 * object reads one text.
 */
final class LenientParser {

  /** A challenge with its place, and the places of its auth-params. */
  record Located(Challenge challenge, int at, List<Integer> paramsAt) {

    /** A finding at an auth-param if the detail is the name of one, else at the challenge. */
    Finding finding(LintCode code, String detail) {
      int index = 0;
      for (String name : challenge.params().keySet()) {
        if (name.equalsIgnoreCase(detail)) {
          return new Finding(code, paramsAt.get(index), Excerpt.of(detail));
        }
        index++;
      }
      return new Finding(code, at, Excerpt.of(detail));
    }
  }

  private final List<Located> challenges = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final LenientReader reader;

  // The challenge that is being read. Without a scheme, what follows belongs to nothing.
  private String scheme = "";
  private int schemeAt;
  private boolean spaceAfterScheme;
  private boolean readable;
  private String token68 = "";
  private final AuthParams.Collector params = new AuthParams.Collector();
  private List<Integer> paramsAt = new ArrayList<>();

  LenientParser(String text) {
    boolean tooLong = text.length() > Challenges.MAX_LENGTH;
    reader = new LenientReader(tooLong ? text.substring(0, Challenges.MAX_LENGTH) : text, findings);
    while (reader.skipSeparators()) {
      element();
    }
    close();
    if (tooLong) {
      note(LintCode.TRUNCATED, Challenges.MAX_LENGTH, "");
    }
  }

  List<Challenge> challenges() {
    return challenges.stream().map(Located::challenge).toList();
  }

  List<Located> located() {
    return challenges;
  }

  /** In the order of the text. */
  List<Finding> findings() {
    return findings.stream().sorted(Comparator.comparingInt(Finding::position)).toList();
  }

  // An element is an auth-param, a token68, or a scheme with what follows it.
  private void element() {
    int start = reader.at();
    String word = reader.word();
    if (word.isEmpty()) {
      note(LintCode.UNREADABLE, start, reader.skipStray());
      return;
    }
    int end = tokenCanFollow() ? Grammar.endOfToken68Element(reader.text(), start) : start;
    if (end > start) {
      token68 = reader.take(start, end);
    } else if (reader.isBeforeEquals()) {
      param(word, start);
    } else {
      scheme(word, start);
    }
  }

  private boolean tokenCanFollow() {
    return !scheme.isEmpty() && params.size() == 0 && token68.isEmpty() && !reader.isSeparated();
  }

  private void scheme(String word, int start) {
    if (!reader.isSeparated()) {
      note(LintCode.MISSING_COMMA, start, word);
    }
    close();
    scheme = word;
    schemeAt = start;
    readable = Grammar.isToken(word);
    if (!readable) {
      note(LintCode.UNREADABLE, start, word);
    }
    spaceAfterScheme = reader.skipBlanksAfterScheme();
  }

  private void param(String name, int start) {
    boolean first = params.size() == 0;
    if (first && reader.isSeparated() && !scheme.isEmpty() && !spaceAfterScheme) {
      note(LintCode.COMMA_AFTER_SCHEME, start, name);
    } else if (!first && !reader.isSeparated()) {
      note(LintCode.MISSING_COMMA, start, name);
    }
    String value = reader.value(name, start);
    if (scheme.isEmpty()) {
      note(LintCode.PARAM_WITHOUT_SCHEME, start, name);
    } else if (!Grammar.isToken(name)) {
      note(LintCode.UNREADABLE, start, name);
    } else {
      replaceToken68(start);
      add(name, value, start);
    }
  }

  // "a=" is a token68 by the grammar; if an auth-param follows, it was an auth-param without value.
  private void replaceToken68(int start) {
    if (token68.isEmpty()) {
      return;
    }
    String name = token68.substring(0, token68.length() - 1);
    boolean emptyParam = token68.endsWith("=") && Grammar.isToken(name);
    note(
        emptyParam ? LintCode.EMPTY_VALUE : LintCode.TOKEN68_AND_PARAMS,
        start,
        emptyParam ? name : scheme);
    token68 = "";
    if (emptyParam) {
      add(name, "", start);
    }
  }

  private void add(String name, String value, int start) {
    if (params.contains(name)) {
      note(LintCode.DUPLICATE_PARAM, start, name);
    } else if (params.size() == Challenges.MAX_PARAMS) {
      note(LintCode.TRUNCATED, start, name);
    } else {
      params.add(name, value);
      paramsAt.add(start);
    }
  }

  private void close() {
    if (!scheme.isEmpty() && readable) {
      if (challenges.size() == Challenges.MAX_CHALLENGES) {
        note(LintCode.TRUNCATED, schemeAt, scheme);
      } else {
        keep(new Challenge(scheme, token68, params.collected()));
      }
    }
    scheme = "";
    token68 = "";
    params.clear();
    paramsAt = new ArrayList<>();
  }

  private void keep(Challenge challenge) {
    challenges.add(new Located(challenge, schemeAt, paramsAt));
    if (challenge.hasScheme("Bearer") && params.size() == 0 && token68.isEmpty()) {
      note(LintCode.BARE_BEARER, schemeAt, scheme);
    }
  }

  private void note(LintCode code, int at, String detail) {
    findings.add(new Finding(code, at, Excerpt.of(detail)));
  }
}
