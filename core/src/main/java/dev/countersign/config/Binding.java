package dev.countersign.config;

/** Whether access tokens may be, or must be, bound to a key of the client. */
public enum Binding {
  /** Tokens with this binding are refused: nobody here could ask for its proof. */
  OFF,
  /** A token with this binding is accepted with its proof, one without it as well. */
  OPTIONAL,
  /** Only tokens with this binding are accepted, with its proof. */
  REQUIRED;

  static Binding parse(String value) {
    return switch (value) {
      case "off" -> OFF;
      case "optional" -> OPTIONAL;
      case "required" -> REQUIRED;
      default -> throw new IllegalArgumentException("expected off, optional or required");
    };
  }
}
