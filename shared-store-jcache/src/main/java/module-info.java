/** The memory that all nodes of a server share, in a cache of JSR 107. */
module dev.countersign.store.jcache {
  requires transitive cache.api;
  requires transitive dev.countersign.core;
  requires static org.jspecify;

  exports dev.countersign.store.jcache;
}
