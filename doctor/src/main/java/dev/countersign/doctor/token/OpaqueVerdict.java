package dev.countersign.doctor.token;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What can be said of a token that only its authorization server can read. */
public final class OpaqueVerdict {

  private OpaqueVerdict() {}

  /**
   * Says what asking the authorization server would need (RFC 7662).
   *
   * @param token the token, which is no JWT
   * @param issuer the authorization server
   * @param endpoint its introspection endpoint by its metadata; empty if that names none
   * @return the verdict, which holds nothing of the token
   */
  public static TokenVerdict of(String token, String issuer, Optional<String> endpoint) {
    Optional<Vendor> vendor = Vendor.of(issuer);
    List<String> notes = new ArrayList<>();
    vendor.ifPresent(one -> notes.add(one.hint()));
    if (token.split("\\.", -1).length == 5) {
      notes.add(
          "Let the authorization server issue signed tokens instead of encrypted ones; Auth0"
              + " encrypts where no API is asked for as the audience.");
      return TokenVerdict.notJudged(
          "The token is encrypted, so only the holder of the key can read it.", List.of(), notes);
    }
    if (vendor.filter(one -> one == Vendor.GOOGLE).isPresent()) {
      return TokenVerdict.notJudged(
          "The token is opaque; Google says for which client it is.",
          List.of("profile=google", "audience-aliases=CLIENT_ID"),
          notes);
    }
    notes.add(
        endpoint
            .map(url -> "The authorization server is asked about each token at " + url + ".")
            .orElse(
                "The metadata of "
                    + issuer
                    + " names no introspection_endpoint: set introspection-endpoint, if there is"
                    + " one, or let the authorization server issue JWTs."));
    return TokenVerdict.notJudged(
        "The token is no JWT, so only its authorization server can judge it (RFC 7662).",
        List.of(
            "tokens=opaque", "introspection-client-id=ID", "introspection-client-secret-file=FILE"),
        notes);
  }
}
