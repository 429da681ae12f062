package dev.countersign.it.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;

/**
 * A web application that a container has to start.
 *
 * @param contextPath where: empty for the root, otherwise begins with a slash
 * @param errorPage the path of the page for every error; empty for none
 * @param registration adds filters and servlets, before the context is initialised
 */
public record WebApplication(String contextPath, String errorPage, Registration registration) {

  /** Adds filters and servlets. */
  @FunctionalInterface
  public interface Registration {

    /**
     * Adds filters and servlets.
     *
     * @param context the context that is being initialised
     * @throws ServletException if that fails
     */
    void register(ServletContext context) throws ServletException;
  }
}
