package dev.countersign.testkit;

import dev.countersign.http.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * One request as the server hands it to the application behind the gate: an attachment implements
 * it over the types of its server, so that every server can run the same {@link ProbeApplication}.
 */
public interface Call {

  /** What is done later. */
  @FunctionalInterface
  interface Task {

    /**
     * Does it.
     *
     * @throws IOException if the response cannot be written
     */
    void run() throws IOException;
  }

  /**
   * The method.
   *
   * @return the method as the application sees it
   */
  String method();

  /**
   * The raw path.
   *
   * @return the path as the application sees it, without query
   */
  String path();

  /**
   * Every line of one request header field.
   *
   * @param name the field name, compared without regard to case
   * @return the values in their order
   */
  List<String> headers(String name);

  /**
   * The whole body.
   *
   * @return the bytes
   * @throws IOException if it cannot be read
   */
  byte[] body() throws IOException;

  /**
   * The name of the user, where the server has such a notion.
   *
   * @return what the server tells the application; empty for nobody
   */
  Optional<String> user();

  /**
   * Answers.
   *
   * @param response status, fields and body, written as they are
   * @throws IOException if it cannot be written
   */
  void respond(Response response) throws IOException;

  /**
   * Answers, with the head sent before the body is written, where the server can do that.
   *
   * @param response as for {@link #respond}
   * @throws IOException if it cannot be written
   */
  default void respondHeadFirst(Response response) throws IOException {
    respond(response);
  }

  /**
   * Lets the server hand the request to the application a second time, where it can do that.
   *
   * @return true if it will, and this call is over; false if it cannot, or has
   */
  default boolean again() {
    return false;
  }

  /**
   * Answers with the server's own page for an error, where it has such a thing.
   *
   * @param status the status code, 400 or more
   * @throws IOException if it cannot be written
   */
  default void error(int status) throws IOException {
    respond(Response.json(status, List.of(), "{}"));
  }

  /**
   * Begins an answer and takes it back as a whole, where the server can do that.
   *
   * @param response what nobody is to see
   */
  default void discard(Response response) {}

  /**
   * Answers with status 200 and a stream.
   *
   * @param contentType the media type
   * @return where to write; what is flushed goes out at once
   * @throws IOException if it cannot be written
   */
  OutputStream stream(String contentType) throws IOException;

  /**
   * Answers after the application has returned, on another thread.
   *
   * @param task does it; its end is the end of the exchange
   */
  void later(Task task);
}
