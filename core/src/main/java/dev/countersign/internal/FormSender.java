package dev.countersign.internal;

/** Posts a form to a server that the configuration names. Thread-safe. */
@FunctionalInterface
public interface FormSender {

  /**
   * Posts one form; blocks until the answer is there or the attempt has failed. A connection that
   * breaks before an answer is tried again once, so that the form must be one that may be sent
   * twice.
   *
   * @param request what to post, and where
   * @return the answer, or why there is none; never an exception for what the network does
   */
  FetchResult post(FormRequest request);
}
