package dev.countersign.testkit;

import java.util.List;

/** The application behind the gate as a test sees it, in this process or in another one. */
interface Observed {

  /** How many requests reached it since it was cleared. */
  int invocations();

  /** What reached it since it was cleared. */
  List<ProbeApplication.Seen> seen();

  /** Forgets what was seen. */
  void clear();

  /** Lets one waiting stream send its second event. */
  void releaseStream();
}
