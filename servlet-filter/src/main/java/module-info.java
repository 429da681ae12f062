/** The engine of Countersign as a {@code jakarta.servlet} filter. */
module dev.countersign.servlet {
  requires transitive dev.countersign.core;
  requires transitive jakarta.servlet;
  requires static org.jspecify;

  exports dev.countersign.servlet;
}
