package dev.countersign.listener;

import java.util.List;
import java.util.Map;

/**
 * What JMX shows of {@link DecisionCounters}. The names begin with {@code get} because JMX makes
 * attributes of such methods only.
 */
public interface DecisionCountersMXBean {

  /**
   * How often each decision was made since the start. The reasons are a closed set, so that the
   * number of counters never grows.
   *
   * @return the count by {@code GRANTED}, {@code OPEN}, {@code UNDECIDED} or the reason code of a
   *     denial; reasons that never occurred are there with 0
   */
  Map<String, Long> getDecisions();

  /**
   * How many requests had an access token in the query, where it is never used and leaks.
   *
   * @return a count since the start
   */
  long getTokensInQuery();

  /**
   * How many times an access token of a client was about to be sent on to another server, sent or
   * not. The agent alone sees that.
   *
   * @return a count since the start
   */
  long getTokensPassedOn();

  /**
   * How many fields of an application's responses were put right, or would have been in report-only
   * mode.
   *
   * @return a count since the start
   */
  long getRepairs();

  /**
   * What the self-check has found, and has not found to be gone since.
   *
   * @return one line each: level, ID of the doctor's check, and text; empty if all is well
   */
  List<String> getFindings();

  /**
   * How many of the findings are errors, for an alarm.
   *
   * @return a count; 0 if the server does its work
   */
  int getFindingErrors();
}
