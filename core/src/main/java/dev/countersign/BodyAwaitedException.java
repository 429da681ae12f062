package dev.countersign;

/**
 * Ends a judgement that needs a body which is still on its way. It begins again once that has
 * arrived, with what the {@link ReadExchange} remembers, so that nothing is done twice.
 */
final class BodyAwaitedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient AwaitedBody body;

  BodyAwaitedException(AwaitedBody body) {
    // No failure, and therefore without a trace.
    super("the body has not arrived yet", null, false, false);
    this.body = body;
  }

  AwaitedBody body() {
    return body;
  }
}
