package dev.countersign.sample.jetty;

/** A server cannot have its port. */
final class PortTaken extends RuntimeException {

  private static final long serialVersionUID = 1L;

  PortTaken(int port, String property) {
    super(
        "port "
            + port
            + " is taken or not allowed; choose another one with -D"
            + property
            + "=PORT, or any free one with -D"
            + property
            + "=0");
  }
}
