package dev.countersign.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** How the tokens of {@link TokenFault} are made. */
final class FaultyForm {

  private static final String BASE64URL =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private final Function<Tokens, String> text;

  private FaultyForm(Function<Tokens, String> text) {
    this.text = text;
  }

  static FaultyForm of(Function<Tokens, TokenBuilder> form) {
    return new FaultyForm(tokens -> form.apply(tokens).text());
  }

  static FaultyForm text(UnaryOperator<String> change) {
    return new FaultyForm(tokens -> change.apply(tokens.valid()));
  }

  // Every good token differs, so that one with such a character in its signature comes soon.
  static FaultyForm standardAlphabet() {
    return new FaultyForm(
        tokens -> {
          String token = tokens.valid();
          while (!signature(token).matches(".*[-_].*")) {
            token = tokens.valid();
          }
          String signature = signature(token);
          String changed = signature.replace('-', '+').replace('_', '/');
          return token.substring(0, token.length() - signature.length()) + changed;
        });
  }

  private static String signature(String token) {
    return token.substring(token.lastIndexOf('.') + 1);
  }

  String text(Tokens tokens) {
    return text.apply(tokens);
  }

  static UnaryOperator<String> begins(String members) {
    return json -> "{" + members + json.substring(1);
  }

  // A signature is one byte longer than a multiple of three, so the last four bits of its text are
  // zero.
  static String notCanonical(String token) {
    int last = BASE64URL.indexOf(token.charAt(token.length() - 1));
    return token.substring(0, token.length() - 1) + BASE64URL.charAt(last + 1);
  }

  static byte[] pem(SigningKey key) {
    String encoded =
        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.publicKey().getEncoded());
    String pem = "-----BEGIN PUBLIC KEY-----\n" + encoded + "\n-----END PUBLIC KEY-----\n";
    return pem.getBytes(StandardCharsets.US_ASCII);
  }

  static String lowerCase(SigningKey key) {
    return key.algorithm().toLowerCase(Locale.ROOT);
  }

  static String otherType(SigningKey key) {
    return key.algorithm().equals("ES256") ? "RS256" : "ES256";
  }

  static SigningKey sha512(SigningKey key) {
    SigningKey rsa = key.algorithm().matches("[RP]S...") ? key : otherKey().withKid(key.kid());
    return rsa.withAlgorithm("RS512");
  }

  static SigningKey otherKey() {
    return Holder.OTHER;
  }

  /** A key that nobody publishes, made when it is first needed. */
  private static final class Holder {
    static final SigningKey OTHER = SigningKey.rsa("other");
  }
}
