package dev.countersign.spi;

import dev.countersign.http.FieldLine;
import dev.countersign.http.FieldNames;
import dev.countersign.oauth.AccessToken;
import java.util.List;
import java.util.Optional;

/**
 * What an attachment gets with an exchange that the application is to handle. Immutable.
 *
 * @param accessToken the validated token; empty on a public path, for public calls, or in
 *     report-only mode where there was no good token
 * @param fields field lines that the application's response must carry, CORS for instance
 * @param hidden names of fields, of whose lines in the request the application must see none
 * @param lease how long the application may go on answering
 * @param bodyFilter what the body of the response has to go through; only for an exchange that
 *     {@linkplain Exchange#filtersBodies said} that it can do so
 */
public record Admission(
    Optional<AccessToken> accessToken,
    List<FieldLine> fields,
    FieldNames hidden,
    Lease lease,
    Optional<BodyFilter> bodyFilter) {

  /** Copies the list. */
  public Admission {
    fields = List.copyOf(fields);
  }

  /**
   * An admission of a request that the application sees as it came, and that nobody ends.
   *
   * @param accessToken the validated token, if there is one
   * @param fields field lines that the application's response must carry
   */
  public Admission(Optional<AccessToken> accessToken, List<FieldLine> fields) {
    this(accessToken, fields, FieldNames.none(), Lease.NONE, Optional.empty());
  }
}
