package dev.countersign.doctor.check;

import java.util.List;

/**
 * Something that a check has found. Holds no credentials. Immutable.
 *
 * @param check which check
 * @param severity how bad it is
 * @param message what is wrong and what to do, in one or two sentences
 * @param seen what the server sent: the lines that matter, as they were received
 * @param expected what it should have sent; empty if that cannot be said in a line
 * @param clients which clients it hurts; empty if all, or none
 * @param remedy how to mend it in the runtime of this server; empty if it was not recognised
 */
public record Finding(
    CheckId check,
    Severity severity,
    String message,
    String seen,
    String expected,
    List<String> clients,
    String remedy) {

  /** Copies the list. */
  public Finding {
    clients = List.copyOf(clients);
  }

  /**
   * A finding of which more is said later.
   *
   * @param check which check
   * @param severity how bad it is
   * @param message what is wrong
   */
  public Finding(CheckId check, Severity severity, String message) {
    this(check, severity, message, "", "", List.of(), "");
  }

  /**
   * The same finding with what was seen.
   *
   * @param lines what the server sent
   * @return a new finding
   */
  public Finding seeing(String lines) {
    return new Finding(check, severity, message, lines, expected, clients, remedy);
  }

  /**
   * The same finding with what was expected.
   *
   * @param line what the server should have sent
   * @return a new finding
   */
  public Finding expecting(String line) {
    return new Finding(check, severity, message, seen, line, clients, remedy);
  }

  /**
   * The same finding with those whom it hurts.
   *
   * @param names names of clients
   * @return a new finding
   */
  public Finding hurting(List<String> names) {
    return new Finding(check, severity, message, seen, expected, names, remedy);
  }

  /**
   * The same finding with a way out.
   *
   * @param text what to change in the runtime of this server
   * @return a new finding
   */
  public Finding mendedBy(String text) {
    return new Finding(check, severity, message, seen, expected, clients, text);
  }
}
