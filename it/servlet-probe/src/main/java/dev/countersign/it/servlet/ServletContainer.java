package dev.countersign.it.servlet;

import dev.countersign.testkit.RunningServer;

/** Starts one kind of container. */
@FunctionalInterface
public interface ServletContainer {

  /**
   * Starts a container with one web application, on a free port of the loopback, with room for 64
   * KB of header section.
   *
   * @param application the web application
   * @return the running container
   * @throws Exception if it does not start
   */
  RunningServer start(WebApplication application) throws Exception;
}
