package dev.countersign.oauth;

/**
 * Thrown by an application that finds out, while it handles a request, that the access token has
 * too little scope (RFC 6750 section 3.1). An attachment turns it into the answer to the client, as
 * long as the response has not begun.
 */
public final class InsufficientScopeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String needed;

  /**
   * What is needed.
   *
   * @param needed every scope-token that the operation needs, whether the token has it or not
   */
  public InsufficientScopeException(Scope needed) {
    super("the operation needs the scope " + needed);
    this.needed = needed.toString();
  }

  /**
   * What is needed.
   *
   * @return every scope-token of the operation, in the order in which a challenge names them
   */
  public Scope needed() {
    return Scope.parse(needed);
  }
}
