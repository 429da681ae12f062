package dev.countersign.internal;

import java.net.URI;

/** Gets a document from a server that the configuration names. Thread-safe. */
@FunctionalInterface
public interface Fetcher {

  /**
   * Gets one document; blocks until it is there or the attempt has failed.
   *
   * @param uri what to get
   * @return the document, or why there is none; never an exception for what the network does
   */
  FetchResult get(URI uri);
}
