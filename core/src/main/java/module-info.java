/**
 * Challenges, metadata documents, token validation, configuration and the engine of Countersign.
 */
module dev.countersign.core {
  requires com.fasterxml.jackson.core;
  requires com.github.benmanes.caffeine;
  requires com.nimbusds.jose.jwt;
  requires java.management;
  requires java.net.http;
  requires static org.jspecify;
  requires static org.snakeyaml.engine;

  exports dev.countersign;
  exports dev.countersign.config;
  exports dev.countersign.http;
  exports dev.countersign.listener;
  exports dev.countersign.mcp;
  exports dev.countersign.oauth;
  exports dev.countersign.spi;
  exports dev.countersign.token;
}
