package dev.countersign.http;

/**
 * The part of a field value that a message shows: printable, and too short to carry a credential
 * that somebody gave to the wrong parser.
 */
final class Excerpt {

  private static final int BEFORE = 32;
  private static final int AFTER = 8;

  private Excerpt() {}

  static String around(String text, int position) {
    int start = Math.max(0, position - BEFORE);
    int end = Math.min(text.length(), position + AFTER);
    StringBuilder excerpt = new StringBuilder(BEFORE + AFTER + 6);
    excerpt.append(start > 0 ? "..." : "");
    for (int at = start; at < end; at++) {
      excerpt.append(printable(text.charAt(at)));
    }
    return excerpt.append(end < text.length() ? "..." : "").toString();
  }

  /** A word of the text, on its own. */
  static String of(String word) {
    return around(word, Math.min(word.length(), BEFORE));
  }

  private static char printable(char c) {
    return c < ' ' || c > '~' ? '?' : c;
  }
}
