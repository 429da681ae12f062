package dev.countersign;

import dev.countersign.spi.ResponseHead;
import java.util.List;

/** What one exchange does to sessions: it may begin one, or end its own. Thread-safe. */
final class SessionUse {

  /** The field of the request and of the response (MCP Streamable HTTP, session management). */
  static final String FIELD = "Mcp-Session-Id";

  private static final int MAX_LENGTH = 1024;

  private final boolean begins;
  private final String ends;
  private final Caller caller;
  private final Sessions sessions;
  private volatile String begun = "";
  private volatile int status;

  private SessionUse(boolean begins, String ends, Caller caller, Sessions sessions) {
    this.begins = begins;
    this.ends = ends;
    this.caller = caller;
    this.sessions = sessions;
  }

  /** The session that the response names, if it names one, is one of the caller. */
  static SessionUse beginning(Caller caller, Sessions sessions) {
    return new SessionUse(true, "", caller, sessions);
  }

  /** The session is over if the application says so. */
  static SessionUse ending(String id, Caller caller, Sessions sessions) {
    return new SessionUse(false, id, caller, sessions);
  }

  // session-id = 1*1024( %x21-7E )
  static boolean isWellFormed(String id) {
    boolean wellFormed = !id.isEmpty() && id.length() <= MAX_LENGTH;
    for (int i = 0; wellFormed && i < id.length(); i++) {
      wellFormed = id.charAt(i) > 0x20 && id.charAt(i) < 0x7F;
    }
    return wellFormed;
  }

  /** Takes note of the head of the response, once more after each change of it. */
  void answered(ResponseHead head) {
    status = head.status();
    if (!begins) {
      return;
    }
    List<String> lines = head.headers(FIELD);
    String id = lines.size() == 1 ? lines.get(0).strip() : "";
    if (isWellFormed(id) && !id.equals(begun)) {
      begun = id;
      sessions.bind(id, caller);
    }
  }

  /** The response has left. */
  void over() {
    if (!ends.isEmpty() && (status / 100 == 2 || status == 404)) {
      sessions.remove(ends, caller);
    }
  }
}
