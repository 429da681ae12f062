package dev.countersign.it.servlet;

import dev.countersign.testkit.RunningServer;

/** Starts one kind of container that ends TLS itself. */
public interface TlsContainer extends ServletContainer {

  /**
   * Starts a container with one web application and a TLS connector that asks clients for a
   * certificate and does not insist on one, on a free port of the loopback.
   *
   * @param application the web application
   * @param tls its key, and the certificates that it accepts
   * @return the running container
   * @throws Exception if it does not start
   */
  RunningServer startTls(WebApplication application, Identity tls) throws Exception;
}
