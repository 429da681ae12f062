package dev.countersign.mcp;

/**
 * What a caller learns of the tools, prompts and resources that it may not use. Immutable.
 *
 * @param deniedHidden whether the use of one is answered as if there were none
 * @param listsFiltered whether lists leave it out
 */
public record Visibility(boolean deniedHidden, boolean listsFiltered) {

  /** Everything: lists are as the application makes them, and refusals name what is needed. */
  public static final Visibility FULL = new Visibility(false, false);
}
