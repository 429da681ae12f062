package dev.countersign.internal;

import java.time.Duration;
import java.util.Map;

/** What came of a fetch. Holds no text of the peer but the document and a few fields. */
public sealed interface FetchResult {

  /** A complete document with status 200. Immutable, as long as nobody writes into the body. */
  final class Fetched implements FetchResult {

    private final byte[] body;
    private final Map<String, String> fields;

    /**
     * Takes over both.
     *
     * @param body the content, without content coding
     * @param fields field values by lower-case name, only those that somebody reads
     */
    public Fetched(byte[] body, Map<String, String> fields) {
      this.body = body;
      this.fields = Map.copyOf(fields);
    }

    /**
     * The content.
     *
     * @return the bytes themselves, no copy
     */
    public byte[] body() {
      return body;
    }

    /**
     * A field of the response.
     *
     * @param name the field name in lower case
     * @return the value; empty if there is no such field
     */
    public String field(String name) {
      return fields.getOrDefault(name, "");
    }
  }

  /**
   * There is no document.
   *
   * @param cause what went wrong
   * @param status the status code; 0 if there was no response
   * @param retryAfter how long the server asks to be left alone; zero if it does not say
   */
  record Failed(Cause cause, int status, Duration retryAfter) implements FetchResult {

    /**
     * A failure without a response.
     *
     * @param cause what went wrong
     */
    public Failed(Cause cause) {
      this(cause, 0, Duration.ZERO);
    }

    @Override
    public String toString() {
      return status == 0 ? cause.text() : cause.text() + " (status " + status + ")";
    }
  }

  /** Why there is no document. */
  enum Cause {
    /** The URL is none that may be asked. */
    URL("the URL is not allowed: it must be https, with a plain host, without user and fragment"),
    /** The name resolves to an address that may not be asked. */
    PRIVATE_ADDRESS("the host has a private address, which is not allowed"),
    /** The name does not resolve. */
    UNKNOWN_HOST("the host name does not resolve"),
    /** No connection, or it broke. */
    CONNECTION("no connection, or it broke"),
    /** TLS failed: certificate, host name or protocol. */
    TLS("TLS failed: certificate, host name or protocol version"),
    /** It took too long, all in all. */
    DEADLINE("it took too long"),
    /** The response points elsewhere; redirects are never followed. */
    REDIRECT("the answer is a redirect, which is never followed"),
    /** The status says that there is no such document. */
    ABSENT("there is no such document"),
    /** The status is another than 200. */
    STATUS("the status is not 200"),
    /** The media type or the content coding says that this is no JSON. */
    CONTENT("the content is not JSON"),
    /** The content is longer than the limit. */
    TOO_LARGE("the content is too large"),
    /** The fetcher was closed, or its thread interrupted. */
    CLOSED("it was cancelled");

    private final String text;

    Cause(String text) {
      this.text = text;
    }

    /**
     * The cause in words.
     *
     * @return a fixed text
     */
    public String text() {
      return text;
    }

    /**
     * Whether the server could not be asked at all or did not answer sensibly, so that asking it
     * for another document is of no use either.
     *
     * @return false if the server answered, but not with this document
     */
    public boolean isOutage() {
      return this == UNKNOWN_HOST
          || this == CONNECTION
          || this == TLS
          || this == DEADLINE
          || this == STATUS
          || this == CLOSED;
    }
  }
}
