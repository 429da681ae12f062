package dev.countersign.agent.adapter.vertx;

import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;

/** What Vert.x has moved to other packages from 4 to 5. Thread-safe. */
public interface Internals {

  /**
   * The data of the request that a context belongs to.
   *
   * @param context the context of a request
   * @return the live map
   */
  Map<Object, Object> data(Context context);

  /**
   * Whether requests can be given with another body.
   *
   * @param request the request
   * @return false if this version has no type for that
   */
  boolean isReplayable(HttpServerRequest request);

  /**
   * A request with a body that has been read.
   *
   * @param request the request
   * @param body its body
   * @return the same in everything else
   */
  HttpServerRequest replaying(HttpServerRequest request, ReplayedBody body);

  /**
   * Resets the stream of a response over HTTP/2 or HTTP/3.
   *
   * @param response the response, on its context
   */
  void reset(HttpServerResponse response);

  /**
   * Lets a client send the body with which it waits (RFC 9110 section 10.1.1).
   *
   * @param response the response, on its context
   */
  void writeContinue(HttpServerResponse response);
}
