package dev.countersign.doctor.token;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What Countersign, in front of this resource, would make of a token. Holds nothing of the token
 * but what says whom it is from and for: issuer, audience, client, scopes. Immutable.
 *
 * @param kind what would become of it
 * @param reason why, in one sentence
 * @param profile the profile that fits its authorization server; empty if none stands out
 * @param settings what would mend it, {@code key=value} each; empty if nothing has to or can
 * @param notes what no setting mends, and what else to know
 * @param profiles what each profile makes of it, by its name
 * @param status what the server answers to it now; 0 if it was not tried
 */
public record TokenVerdict(
    Kind kind,
    String reason,
    String profile,
    List<String> settings,
    List<String> notes,
    Map<String, String> profiles,
    int status) {

  /** What would become of the token. */
  public enum Kind {
    /** It is good as it is, without any setting. */
    ACCEPTED,
    /** It is refused, unless the settings are changed. */
    MENDABLE,
    /** It is refused, and no setting should change that. */
    REFUSED,
    /** Nobody but its authorization server can say. */
    NOT_JUDGED
  }

  /** Copies the collections. */
  public TokenVerdict {
    settings = settings.stream().map(TokenVerdict::printable).toList();
    notes = notes.stream().map(TokenVerdict::printable).toList();
    profiles = Collections.unmodifiableMap(new LinkedHashMap<>(profiles));
  }

  /**
   * Whether it is no good here: neither by the rules nor to the server, which may have others.
   *
   * @return false if nobody can say
   */
  public boolean isRefused() {
    return (kind == Kind.MENDABLE || kind == Kind.REFUSED) && status != 200;
  }

  /**
   * The same verdict beside the server's own.
   *
   * @param answered the status of its answer
   * @return a new verdict
   */
  public TokenVerdict answered(int answered) {
    return new TokenVerdict(kind, reason, profile, settings, notes, profiles, answered);
  }

  /**
   * A token that nobody here can judge.
   *
   * @param reason why not
   * @return the verdict
   */
  public static TokenVerdict notJudged(String reason) {
    return notJudged(reason, List.of(), List.of());
  }

  static TokenVerdict notJudged(String reason, List<String> settings, List<String> notes) {
    return new TokenVerdict(Kind.NOT_JUDGED, reason, "", settings, notes, Map.of(), 0);
  }

  // Nobody has verified what stands in a token; it may hold escape sequences of a terminal.
  private static String printable(String text) {
    String brief = text.length() > 400 ? text.substring(0, 400) + "…" : text;
    return brief.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
  }
}
