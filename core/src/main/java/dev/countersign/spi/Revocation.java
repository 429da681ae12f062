package dev.countersign.spi;

/**
 * Says which access tokens are no longer good although they have not expired. It holds for one
 * authorization server, because a subject or a session of one means nothing at another. Immutable.
 *
 * @param kind what the value is
 * @param issuer the authorization server, as in {@code iss}
 * @param value the value of the claim
 */
public record Revocation(Kind kind, String issuer, String value) {

  /** The claim by which tokens are found. */
  public enum Kind {
    /** One token, by its {@code jti} (RFC 7519 section 4.1.7). */
    TOKEN("jti"),
    /** Every token of a user, by {@code sub}, those that are issued later among them. */
    SUBJECT("sub"),
    /** Every token of a client, by {@code client_id}, those that are issued later among them. */
    CLIENT("client_id"),
    /**
     * Every token of one login, by {@code sid} (OpenID Connect Back-Channel Logout section 2.1).
     */
    SESSION("sid");

    private final String claim;

    Kind(String claim) {
      this.claim = claim;
    }

    /**
     * The name of the claim.
     *
     * @return the name, as it is registered
     */
    public String claim() {
      return claim;
    }
  }

  /**
   * Takes no empty part: it would match nothing, and look as if it did.
   *
   * @throws IllegalArgumentException if a part is empty
   */
  public Revocation {
    if (issuer.isEmpty() || value.isEmpty()) {
      throw new IllegalArgumentException("a revocation needs an issuer and a " + kind.claim());
    }
  }

  /**
   * Prints no claim value.
   *
   * @return the issuer and the name of the claim
   */
  @Override
  public String toString() {
    return "Revocation[issuer=" + issuer + ", " + kind.claim() + "]";
  }
}
