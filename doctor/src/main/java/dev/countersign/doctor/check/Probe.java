package dev.countersign.doctor.check;

import dev.countersign.doctor.wire.Request;
import java.net.URI;
import java.util.function.UnaryOperator;

/** The ways in which clients find out whether a server wants a token. All without one. */
public enum Probe {
  /** As ChatGPT, rmcp and browsers do. */
  GET("GET", "GET", request -> request.with("Accept", "text/event-stream")),
  /** As monitors and ChatGPT do. */
  HEAD("HEAD", "HEAD", request -> request),
  /** As some portals do. */
  EMPTY_POST("POST without body", "POST", request -> request),
  /** As some hosted clients do. */
  POST_OBJECT("POST {}", "POST", request -> request.withBody("application/json", "{}")),
  /** As every client does. */
  INITIALIZE(
      "POST initialize",
      "POST",
      request ->
          request
              .with("Accept", "application/json, text/event-stream")
              .withBody("application/json", Probe.INITIALIZE_BODY)),
  /** As clients do that forget the field. */
  INITIALIZE_WITHOUT_ACCEPT(
      "POST initialize without Accept",
      "POST",
      request -> request.withBody("application/json", Probe.INITIALIZE_BODY)),
  /** As clients do that end a session. */
  DELETE("DELETE", "DELETE", request -> request);

  private static final String INITIALIZE_BODY =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
          + "\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"countersign-doctor\","
          + "\"version\":\"1\"}}}";

  private final String title;
  private final String method;
  private final UnaryOperator<Request> details;

  Probe(String title, String method, UnaryOperator<Request> details) {
    this.title = title;
    this.method = method;
    this.details = details;
  }

  /**
   * How reports call it.
   *
   * @return method and what is special
   */
  public String title() {
    return title;
  }

  /**
   * The request to a URL.
   *
   * @param url where it goes
   * @return the request
   */
  public Request to(URI url) {
    return details.apply(Request.of(method, url));
  }
}
