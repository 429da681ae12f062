package dev.countersign.spi;

import dev.countersign.http.LintCode;
import dev.countersign.oauth.ResourceIdentifier;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * One field of an application's response that was put right. Immutable. Holds no credential: what
 * may be one is blanked in both texts. Method and path are as the client sent them and have to be
 * escaped before they are printed.
 *
 * @param at when
 * @param resource the resource that was asked for
 * @param method the method as received
 * @param path the raw path as received, without query
 * @param status the status code of the response, which stays as it is
 * @param field the name of the field
 * @param before its lines as the application wrote them, printable; empty if there was none
 * @param after its lines as they leave, printable; the same as before if nothing could be put right
 * @param faults what was wrong with a {@code WWW-Authenticate} field; empty for another field, and
 *     for one that was well-formed and said something else
 * @param applied false in report-only mode, where the response left as it was
 */
public record Repair(
    Instant at,
    ResourceIdentifier resource,
    String method,
    String path,
    int status,
    String field,
    List<String> before,
    List<String> after,
    Set<LintCode> faults,
    boolean applied) {

  /** Copies the collections. */
  public Repair {
    before = List.copyOf(before);
    after = List.copyOf(after);
    faults = Set.copyOf(faults);
  }
}
