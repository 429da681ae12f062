package dev.countersign.testkit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Every way in which a token can be bad while all the rest of it is good. Each one is refused with
 * 401 and {@code invalid_token} (RFC 6750 section 3.1) by a server with default settings.
 */
public enum TokenFault {
  // RFC 7519 section 4.1: time.
  /** {@code exp} is ten minutes ago. */
  EXPIRED(token -> token.expiresIn(Duration.ofMinutes(-10))),
  /** No {@code exp}. */
  NO_EXPIRY(token -> token.without("exp")),
  /** {@code exp} is a string. */
  EXPIRY_TEXT(token -> token.claim("exp", "4102444800")),
  /** {@code nbf} is in ten minutes. */
  NOT_YET_VALID(token -> token.notBeforeIn(Duration.ofMinutes(10))),
  /** {@code iat} is in ten minutes. */
  ISSUED_IN_FUTURE(token -> token.issuedIn(Duration.ofMinutes(10))),
  /** No {@code iat}. */
  NO_ISSUED_AT(token -> token.without("iat")),

  // RFC 8707 section 2, RFC 9068 section 4: audience.
  /** {@code aud} names another MCP server. */
  OTHER_AUDIENCE(token -> token.audience("https://other.example/mcp")),
  /** No {@code aud}. */
  NO_AUDIENCE(token -> token.without("aud")),
  /** {@code aud} is an empty array. */
  EMPTY_AUDIENCE(token -> token.claim("aud", List.of())),
  /** {@code aud} is a number. */
  NUMBER_AUDIENCE(token -> token.claim("aud", 1)),
  /** {@code aud} is the right URI with a slash behind it. */
  AUDIENCE_WITH_SLASH(FaultyForm.of(tokens -> tokens.mint().audience(tokens.audience() + "/"))),
  /** {@code aud} is the right URI with a path segment behind it. */
  AUDIENCE_BELOW(FaultyForm.of(tokens -> tokens.mint().audience(tokens.audience() + "/x"))),
  /** {@code aud} is the client, as in an ID token. */
  CLIENT_AS_AUDIENCE(token -> token.audience("client-1")),

  // RFC 9068 section 2.2: other claims.
  /** {@code iss} is not the authorization server of the resource. */
  OTHER_ISSUER(token -> token.claim("iss", "https://id.other.example")),
  /** {@code iss} has a slash behind it. */
  ISSUER_WITH_SLASH(FaultyForm.of(tokens -> tokens.mint().claim("iss", tokens.issuer() + "/"))),
  /** No {@code iss}. */
  NO_ISSUER(token -> token.without("iss")),
  /** No {@code sub}. */
  NO_SUBJECT(token -> token.without("sub")),
  /** No {@code client_id}. */
  NO_CLIENT(token -> token.without("client_id")),
  /** No {@code jti}. */
  NO_TOKEN_ID(token -> token.without("jti")),
  /** {@code aud} is there twice. */
  DUPLICATE_CLAIM(
      token -> token.claimsText(FaultyForm.begins("\"aud\":\"https://other.example/mcp\","))),
  /** The claims are an array. */
  CLAIMS_ARRAY(token -> token.claimsText(text -> "[" + text + "]")),
  /** The claims are no JSON. */
  CLAIMS_BROKEN(token -> token.claimsText(text -> text.substring(1))),
  /** The token is bound to a DPoP key (RFC 9449 section 6) and comes without a proof. */
  BOUND_TO_DPOP_KEY(
      token -> token.claim("cnf", Map.of("jkt", "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"))),
  /** The token is bound to a client certificate (RFC 8705 section 3). */
  BOUND_TO_CERTIFICATE(
      token ->
          token.claim("cnf", Map.of("x5t#S256", "bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2"))),
  /** The token is bound in a way that nobody knows (RFC 7800). */
  BOUND_OTHERWISE(token -> token.claim("cnf", Map.of("x", 1))),

  // RFC 9068 section 2.1, RFC 8725 section 3.11: type.
  /** {@code typ} is {@code JWT}. */
  PLAIN_TYPE(token -> token.header("typ", "JWT")),
  /** No {@code typ}. */
  NO_TYPE(token -> token.withoutHeader("typ")),
  /** {@code typ} is that of a DPoP proof. */
  PROOF_TYPE(token -> token.header("typ", "dpop+jwt")),
  /** The shape of an ID token (OpenID Connect Core section 2). */
  ID_TOKEN(
      token ->
          token
              .withoutHeader("typ")
              .audience("client-1")
              .claim("azp", "client-1")
              .claim("nonce", "n-0S6_WzA2Mj")),

  // RFC 8725 sections 3.1 and 3.2, RFC 7515 section 4.1: header.
  /** Unsigned. */
  NONE(token -> token.unsigned("none")),
  /** Unsigned, with capital letters. */
  NONE_IN_CAPITALS(token -> token.unsigned("NONE")),
  /** No {@code alg}. */
  NO_ALGORITHM(token -> token.withoutHeader("alg")),
  /** {@code alg} in lower case. */
  ALGORITHM_IN_LOWER_CASE(
      FaultyForm.of(tokens -> tokens.mint().header("alg", FaultyForm.lowerCase(tokens.key())))),
  /** {@code alg} is there twice. */
  DUPLICATE_HEADER(token -> token.headerText(FaultyForm.begins("\"alg\":\"none\","))),
  /** HMAC with the encoded public key. */
  HMAC_WITH_PUBLIC_KEY(
      FaultyForm.of(tokens -> tokens.mint().hmacWith(tokens.key().publicKey().getEncoded()))),
  /** HMAC with the public key in PEM. */
  HMAC_WITH_PEM(FaultyForm.of(tokens -> tokens.mint().hmacWith(FaultyForm.pem(tokens.key())))),
  /** {@code alg} and key do not go together. */
  ALGORITHM_OF_OTHER_KEY_TYPE(
      FaultyForm.of(tokens -> tokens.mint().header("alg", FaultyForm.otherType(tokens.key())))),
  /** Signed with SHA-512, which is not on the list of algorithms. */
  ALGORITHM_NOT_LISTED(
      FaultyForm.of(tokens -> tokens.mint().signedBy(FaultyForm.sha512(tokens.key())))),
  /** {@code kid} names a key that is not there. */
  UNKNOWN_KID(token -> token.header("kid", "no-such-key")),
  /** {@code kid} is a path. */
  PATH_AS_KID(token -> token.header("kid", "../../../../dev/null")),
  /** {@code kid} is a number. */
  NUMBER_KID(token -> token.header("kid", 1)),
  /** Another key under the right {@code kid}. */
  OTHER_KEY(
      FaultyForm.of(
          tokens -> tokens.mint().signedBy(FaultyForm.otherKey().withKid(tokens.key().kid())))),
  /** The key to verify with comes in the header. */
  EMBEDDED_KEY(
      token -> token.signedBy(FaultyForm.otherKey()).header("jwk", FaultyForm.otherKey().jwk())),
  /** A critical parameter that nobody knows. */
  CRITICAL(token -> token.header("crit", List.of("x")).header("x", 1)),
  /** An empty list of critical parameters. */
  CRITICAL_EMPTY(token -> token.header("crit", List.of())),
  /** The payload is not encoded (RFC 7797 section 7). */
  UNENCODED_PAYLOAD(token -> token.header("crit", List.of("b64")).header("b64", false)),

  // RFC 7515 section 7.1: compact form.
  /** The signature lacks its last three bytes. */
  SIGNATURE_CUT(FaultyForm.text(text -> text.substring(0, text.length() - 4))),
  /** The signature is empty. */
  SIGNATURE_EMPTY(FaultyForm.text(text -> text.substring(0, text.lastIndexOf('.') + 1))),
  /** The last character of the signature has bits that belong to no byte. */
  NOT_CANONICAL(FaultyForm.text(FaultyForm::notCanonical)),
  /** The signature is padded. */
  PADDED(FaultyForm.text(text -> text + "==")),
  /** One part. */
  ONE_PART(FaultyForm.text(text -> text.substring(0, text.indexOf('.')))),
  /** Two parts. */
  TWO_PARTS(FaultyForm.text(text -> text.substring(0, text.lastIndexOf('.')))),
  /** Four parts. */
  FOUR_PARTS(FaultyForm.text(text -> text + ".e30")),
  /** Five parts: the form of an encrypted token. */
  FIVE_PARTS(FaultyForm.text(text -> text + ".e30.e30")),
  /** Dots only. */
  DOTS(FaultyForm.text(text -> "...")),
  /** An opaque token. */
  OPAQUE(FaultyForm.text(text -> "2YotnFZFEjr1zCsicMWpAA")),
  /**
   * The signature is in base64 with plus and slash, which a b64token may have and base64url has
   * not.
   */
  STANDARD_ALPHABET(FaultyForm.standardAlphabet());

  private final FaultyForm form;

  TokenFault(UnaryOperator<TokenBuilder> change) {
    this(FaultyForm.of(tokens -> change.apply(tokens.mint())));
  }

  TokenFault(FaultyForm form) {
    this.form = form;
  }

  String text(Tokens tokens) {
    return form.text(tokens);
  }
}
