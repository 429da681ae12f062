package dev.countersign.agent.adapter.vertx;

import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;

/** What Vert.x has moved to other packages from 4 to 5. Thread-safe. */
public interface Internals {

  /**
   * Those of the version that is there.
   *
   * @return of 4 or 5
   * @throws ReflectiveOperationException if it is neither
   */
  static Internals present() throws ReflectiveOperationException {
    return isFive() ? five() : new Vertx4Internals();
  }

  private static boolean isFive() {
    try {
      Class.forName("io.vertx.core.internal.ContextInternal");
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  // Compiled against the other types.
  private static Internals five() throws ReflectiveOperationException {
    return Class.forName("dev.countersign.agent.adapter.vertx5.Vertx5Internals")
        .asSubclass(Internals.class)
        .getConstructor()
        .newInstance();
  }

  /**
   * The data of the request that a context belongs to.
   *
   * @param context the context of a request
   * @return the live map
   */
  Map<Object, Object> data(Context context);

  /**
   * The data of a request, whoever asks on whatever thread.
   *
   * @param request the request, or what a framework has put around it
   * @return the live map; an empty one if it does not say what its context is
   */
  Map<Object, Object> data(HttpServerRequest request);

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
