package dev.countersign.oauth;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every way to be refused: the status, the error code, and the only text that a client ever sees.
 *
 * <p>The name of the constant is the reason code of events, logs and metrics. All faults of a token
 * share one text, so that a client cannot ask which check failed (RFC 9700 section 4). No text
 * holds a comma, an equals sign, a quote or a backslash: several clients read a challenge with a
 * pattern instead of a parser.
 */
public enum Denial {
  /** RFC 6750 section 3.1: a request without credentials gets a challenge without an error code. */
  NO_CREDENTIALS(401, null, "This resource needs an access token"),
  /** RFC 6750 section 3.1: more than one credential. */
  REPEATED_CREDENTIALS(
      400, BearerError.INVALID_REQUEST, "The request has more than one set of credentials"),
  /**
   * RFC 6750 section 2, with strict credentials only: a scheme alone, or a token in the query as
   * well.
   */
  MALFORMED_CREDENTIALS(
      400, BearerError.INVALID_REQUEST, "The credentials of the request are malformed"),

  /** RFC 6750 section 2.1: the text is no b64token, or no compact JWS (RFC 7515 section 7.1). */
  TOKEN_MALFORMED(BearerError.INVALID_TOKEN),
  /** The text is longer than the configured limit; it was not looked at. */
  TOKEN_TOO_LONG(BearerError.INVALID_TOKEN),
  /** RFC 9068 section 4: the {@code typ} is not that of an access token. */
  TOKEN_TYPE(BearerError.INVALID_TOKEN),
  /** RFC 8725 section 3.1: the algorithm is not on the list. */
  ALGORITHM(BearerError.INVALID_TOKEN),
  /** RFC 7515 section 4.1.11: a critical header parameter that nobody here understands. */
  CRITICAL_HEADER(BearerError.INVALID_TOKEN),
  /** RFC 9068 section 4: the issuer is not one of the configured authorization servers. */
  ISSUER(BearerError.INVALID_TOKEN),
  /** RFC 8725 section 3.8: the issuer has no such key. */
  UNKNOWN_KEY(BearerError.INVALID_TOKEN),
  /** RFC 7515 section 5.2: the signature does not verify. */
  SIGNATURE(BearerError.INVALID_TOKEN),
  /** RFC 9068 section 2.2: a claim is missing or has the wrong type. */
  CLAIMS(BearerError.INVALID_TOKEN),
  /** RFC 9068 section 4, RFC 8707 section 2: the token is for another resource. */
  AUDIENCE(BearerError.INVALID_TOKEN),
  /** RFC 7519 section 4.1.4. */
  EXPIRED(BearerError.INVALID_TOKEN),
  /** RFC 7519 section 4.1.5. */
  NOT_YET_VALID(BearerError.INVALID_TOKEN),
  /** RFC 8725 section 3.12: an ID token is no access token. */
  ID_TOKEN(BearerError.INVALID_TOKEN),
  /** RFC 9449 section 7.2, RFC 8705 section 3: a bound token without the proof of its binding. */
  SENDER_CONSTRAINT(BearerError.INVALID_TOKEN),
  /** RFC 7662 section 2.2: the authorization server says that the token is not active. */
  INACTIVE(BearerError.INVALID_TOKEN),
  /** The token, its user, its client or its login is on the deny-list. */
  REVOKED(BearerError.INVALID_TOKEN),

  /** RFC 6750 section 3.1. */
  MISSING_SCOPE(
      403,
      BearerError.INSUFFICIENT_SCOPE,
      "The request needs more scope than the access token has"),
  /** RFC 9470 section 3. */
  WEAK_AUTHENTICATION(
      401,
      BearerError.INSUFFICIENT_USER_AUTHENTICATION,
      "The request needs a stronger or more recent login"),

  /** RFC 9449 section 4.3: no proof of the key that the token is bound to. */
  INVALID_DPOP_PROOF(
      401,
      BearerError.INVALID_DPOP_PROOF,
      "The DPoP proof is missing or malformed or was used or is for another request"),
  /** RFC 9449 section 9: the proof has no nonce of this server, or an old one. */
  USE_DPOP_NONCE(
      401, BearerError.USE_DPOP_NONCE, "The DPoP proof needs the nonce of this response"),

  /** MCP Streamable HTTP, security warning: the {@code Origin} is not on the list. */
  ORIGIN(403, null, "The origin of the request is not allowed here"),
  /** RFC 6750 section 5.3: a trusted proxy says that the request reached it without TLS. */
  CLEAR_TEXT(403, null, "The request must be sent over TLS"),
  /** RFC 9110 section 15.5.20: the request is addressed to a host that is not on the list. */
  HOST(421, null, "The host of the request is not served here"),
  /**
   * Some calls are public here, and this HTTP method has none of them. No challenge: a client that
   * gets one for a stream that it can do without begins a login.
   */
  METHOD_NOT_PUBLIC(405, null, "Without an access token only POST is allowed here"),
  /** A policy that no scope can satisfy; no challenge, so that no client begins a login. */
  POLICY(403, null, "The request is not allowed"),
  /**
   * MCP Streamable HTTP, session management: the session of the request is not one of its caller,
   * or not one at all. It is the same answer to both.
   */
  SESSION(404, null, "There is no such session"),
  /** There are several session fields, or what one of them says is no session ID. */
  SESSION_MALFORMED(400, null, "The session ID of the request is malformed"),
  /** The caller has as many streams open as it may (RFC 6585 section 4). */
  TOO_MANY_STREAMS(429, null, "Too many open streams"),
  /**
   * MCP, error handling of tools: what the token may not use is answered as what does not exist, if
   * so configured.
   */
  HIDDEN(200, -32602, "There is nothing of that name here"),
  /** Lists have to be filtered by the token, and what stands before the server cannot do so. */
  LIST_UNFILTERED(500, -32603, "The lists of this server cannot be filtered here"),
  /** Several resources live on this origin and the path belongs to none of them. */
  NO_SUCH_RESOURCE(404, null, "There is no protected resource at this path"),
  /** The body has to be read for a decision and is not one JSON document in UTF-8. */
  BODY_UNREADABLE(400, -32700, "The request body is not one JSON document in UTF-8"),
  /** The body has to be read for a decision and is not one JSON-RPC message of MCP. */
  BODY_NO_MESSAGE(400, -32600, "The request body is not one JSON-RPC message"),
  /** The body has to be read for a decision and does not say what is called. */
  BODY_NO_NAME(400, -32602, "The params of the request do not name what is called"),
  /** MCP Streamable HTTP, server validation: fields and body are about two different calls. */
  HEADER_MISMATCH(400, -32020, "The header fields of the request do not agree with its body"),
  /** The body has to be read for a decision and does not arrive whole. */
  BODY_INCOMPLETE(400, null, "The request body is incomplete"),
  /** The body has to be read for a decision and arrives too slowly. */
  BODY_TOO_SLOW(408, null, "The request body did not arrive in time"),
  /** The body has to be read for a decision and is longer than the limit. */
  BODY_TOO_LARGE(413, null, "The request body is too large"),
  /**
   * The source of the request has sent too many bad credentials in this minute (RFC 6585 section
   * 4).
   */
  TOO_MANY_FAILURES(429, null, "Too many requests with bad credentials"),
  /** The body has to be read for a decision and the application might read it differently. */
  BODY_TYPE(415, null, "The request body must be application/json in UTF-8 without content coding"),
  /** The body has to be read for a decision while too many others are. */
  BODY_MEMORY(503, null, "Too many request bodies are being read at the moment");

  private static final String INVALID_TOKEN_TEXT =
      "The access token is expired or revoked or malformed or not meant for this resource";

  private final int status;
  private final int rpcCode;
  private final Optional<BearerError> error;
  private final String text;

  Denial(BearerError error) {
    this(error.status(), error, "");
  }

  Denial(int status, @Nullable BearerError error, String text) {
    this(status, status, error, text);
  }

  Denial(int status, int rpcCode, String text) {
    this(status, rpcCode, null, text);
  }

  Denial(int status, int rpcCode, @Nullable BearerError error, String text) {
    this.status = status;
    this.rpcCode = rpcCode;
    this.error = Optional.ofNullable(error);
    this.text = text;
  }

  /**
   * The status code of the answer.
   *
   * @return 400 to 429, 500 or 503; 200 for {@link #HIDDEN}
   */
  public int status() {
    return status;
  }

  /**
   * The code of the JSON-RPC error in the body of the answer.
   *
   * @return what JSON-RPC and MCP have defined for a message that was read and is wrong; otherwise
   *     the status, which lies outside the range that they reserve
   */
  public int rpcCode() {
    return rpcCode;
  }

  /**
   * The error code of the challenge.
   *
   * @return empty when the answer has no challenge, or a challenge without an error code
   */
  public Optional<BearerError> error() {
    return error;
  }

  /**
   * The fixed sentence that the client is told.
   *
   * @return printable ASCII without comma, equals sign, quote or backslash
   */
  public String text() {
    return text.isEmpty() ? INVALID_TOKEN_TEXT : text;
  }

  /**
   * Whether the answer has a {@code WWW-Authenticate} field. Where there is none, more scope or
   * another login cannot help, and a challenge would send the client into one.
   *
   * @return true for NO_CREDENTIALS and for every denial with an error code
   */
  public boolean challenges() {
    return this == NO_CREDENTIALS || error.isPresent();
  }
}
