package dev.countersign.config;

/** Settings whose value is a secret. */
final class Secrets {

  private Secrets() {}

  /**
   * Whether a key is that of a secret, or was meant to be: what is mistyped is shown in a message
   * and must not show the secret with it.
   */
  static boolean isSecret(String key) {
    return (key.contains("secret") || key.contains("password")) && !key.endsWith("-file");
  }

  /** A secret as a message shows it; empty if it is. */
  static String hidden(String secret) {
    return secret.isEmpty() ? "" : "[" + secret.length() + " characters]";
  }

  /** A value as a message shows it. */
  static String shown(String key, String value) {
    return isSecret(key) ? hidden(value) : value;
  }
}
