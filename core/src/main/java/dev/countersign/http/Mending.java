package dev.countersign.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The rules of {@link BearerChallenge#mended}, one method each. An empty result leaves it out. */
final class Mending {

  // As many digits as BearerChallenge reads.
  private static final String MAX_AGE = "\\d{1,15}";

  private Mending() {}

  static Challenge of(Challenge received) {
    AuthParams.Collector collector = new AuthParams.Collector();
    received
        .authParams()
        .forEach(
            (name, value) -> {
              String lower = name.toLowerCase(Locale.ROOT);
              String mended = mended(lower, value);
              if (!mended.isEmpty()) {
                collector.add(lower, mended);
              }
            });
    String scheme = received.hasScheme("Bearer") ? "Bearer" : received.scheme();
    return new Challenge(scheme, "", collector.collected());
  }

  private static String mended(String name, String value) {
    Optional<BearerParam> known = BearerParam.named(name);
    if (known.isEmpty()) {
      return Misreadable.endsLikeSearched(name) || Misreadable.isBait(value) ? "" : value;
    }
    return switch (known.get()) {
      case REALM -> realm(value);
      case ERROR -> error(value);
      case SCOPE -> tokens(value.replace(',', ' '));
      case RESOURCE_METADATA -> resourceMetadata(value);
      case ACR_VALUES -> value.indexOf(',') >= 0 ? "" : tokens(value);
      case MAX_AGE -> value.matches(MAX_AGE) ? value : "";
      case ERROR_DESCRIPTION -> sentence(value);
      case ERROR_URI -> errorUri(value);
    };
  }

  // A client takes a URL for the issuer.
  private static String realm(String value) {
    String words = sentence(value);
    return words.contains("://") ? "" : words;
  }

  // error = 1*NQSCHAR (RFC 6749 appendix A.12); no code has a space
  private static String error(String value) {
    return value.chars().allMatch(Grammar::isNqchar) && Misreadable.isPlain(value) ? value : "";
  }

  // scope = scope-token *( SP scope-token ) (RFC 6749 section 3.3). A comma is legal in a
  // scope-token, but whoever writes one means a separator.
  private static String tokens(String value) {
    Set<String> tokens = new LinkedHashSet<>();
    for (String token : value.split("[ \t]+")) {
      if (Grammar.isScopeToken(token) && !Misreadable.isBait(token)) {
        tokens.add(token);
      }
    }
    return String.join(" ", tokens);
  }

  private static String resourceMetadata(String value) {
    boolean usable = MetadataUrl.of(value).isUsable() && value.indexOf(',') < 0;
    return usable && !Misreadable.isBait(value) ? value : "";
  }

  // error-description = 1*NQSCHAR; and no comma, where clients split, nor an equals sign, by which
  // they find auth-params
  private static String sentence(String value) {
    StringBuilder sentence = new StringBuilder(value.length());
    value.chars().forEach(c -> sentence.append(readable((char) c)));
    return sentence.toString().strip();
  }

  private static char readable(char c) {
    return switch (c) {
      case '"' -> '\'';
      case '\\' -> '/';
      case ',' -> ';';
      case '=' -> ':';
      case '\t' -> ' ';
      default -> Grammar.isNqschar(c) ? c : '?';
    };
  }

  private static String errorUri(String value) {
    try {
      boolean legal = value.chars().allMatch(Grammar::isNqchar) && new URI(value).isAbsolute();
      return legal && value.indexOf(',') < 0 && !Misreadable.isBait(value) ? value : "";
    } catch (URISyntaxException e) {
      return "";
    }
  }
}
