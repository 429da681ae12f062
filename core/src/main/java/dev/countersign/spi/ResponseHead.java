package dev.countersign.spi;

import java.util.List;

/**
 * The status and the fields of a response that has not left yet: what an attachment shows of an
 * application's response so that it can be repaired. Used by one thread at a time.
 */
public interface ResponseHead {

  /**
   * The status code.
   *
   * @return the status code as it stands; nobody changes it
   */
  int status();

  /**
   * Every line of one field.
   *
   * @param name the field name, compared without regard to case
   * @return the values in their order, one for each line; empty if there is no such line
   */
  List<String> headers(String name);

  /**
   * Replaces every line of one field.
   *
   * @param name the field name, compared without regard to case
   * @param values the values of the new lines in their order: visible ASCII, space and tab; an
   *     empty list removes the field
   */
  void headers(String name, List<String> values);
}
