package dev.countersign.agent.runtime;

/** The agent does not stand in a JVM that runs already. It tells the reason and no stack. */
final class AttachmentException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * An exception.
   *
   * @param message why; the JVM's standard error has it as well, because whoever attaches learns
   *     only that something failed
   */
  AttachmentException(String message) {
    super(message, null, false, false);
  }
}
