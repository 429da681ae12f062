package dev.countersign;

import dev.countersign.config.Mode;
import dev.countersign.config.ProtectedResource;
import dev.countersign.config.RawPath;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.http.FieldLine;
import dev.countersign.http.Response;
import dev.countersign.internal.Json;
import dev.countersign.oauth.AuthorizationServerMetadata;
import dev.countersign.oauth.ResourceIdentifier;
import dev.countersign.spi.Exchange;
import dev.countersign.token.TrustedIssuer;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The documents below {@code /.well-known/} that clients ask for (RFC 9728 section 3, RFC 8615),
 * served without a token, whatever the state of the authorization server. An OAuth name that is not
 * known gets a JSON 404, because clients go on after that and after nothing else.
 */
final class WellKnown {

  private static final String PROTECTED_RESOURCE = "/.well-known/oauth-protected-resource";
  private static final List<String> AUTHORIZATION_SERVER =
      List.of("/.well-known/oauth-authorization-server", "/.well-known/openid-configuration");
  private static final List<String> OWNED =
      List.of("/.well-known/oauth-", AUTHORIZATION_SERVER.get(1));

  private static final List<FieldLine> CORS =
      List.of(
          new FieldLine("Access-Control-Allow-Origin", "*"),
          new FieldLine("Access-Control-Expose-Headers", "ETag"));
  private static final FieldLine ALLOW = new FieldLine("Allow", "GET, HEAD, OPTIONS");
  private static final FieldLine NO_STORE = new FieldLine("Cache-Control", "no-store");
  private static final FieldLine NO_SNIFF = new FieldLine("X-Content-Type-Options", "nosniff");

  private final Map<String, CachedDocument> documents = new LinkedHashMap<>();
  private final List<String> prefixes = new ArrayList<>();
  private final Set<String> mirrorPaths;
  private final Set<String> leftToApplication;
  private final Optional<AuthorizationServerMirror> mirror;

  WellKnown(ResourceServerConfig config, Optional<AuthorizationServerMirror> mirror) {
    this.mirror = mirror;
    for (ProtectedResource resource : config.resources()) {
      serve(resource);
    }
    config.rootDocument().ifPresent(root -> both(PROTECTED_RESOURCE, document(root)));
    this.mirrorPaths = mirrorPaths(config);
    this.leftToApplication = leftToApplication(config);
    if (config.mode() == Mode.ENFORCE) {
      own(config);
    }
  }

  private void serve(ProtectedResource resource) {
    ResourceIdentifier identifier = resource.identifier();
    CachedDocument document = document(resource);
    if (identifier.path().length() > 1) {
      both(identifier.metadataPath(), document);
      both(trimmed(identifier.path()) + PROTECTED_RESOURCE, document);
    } else {
      both(PROTECTED_RESOURCE, document);
    }
  }

  // Clients derive the path with or without the slash at the end of the identifier.
  private void both(String path, CachedDocument document) {
    documents.putIfAbsent(trimmed(path), document);
    documents.putIfAbsent(trimmed(path) + "/", document);
  }

  private void own(ResourceServerConfig config) {
    prefixes.addAll(OWNED);
    for (ProtectedResource resource : config.resources()) {
      OWNED.forEach(name -> prefixes.add(trimmed(resource.identifier().path()) + name));
    }
  }

  /** The paths that an authorization server on the same origin has to answer itself. */
  static Set<String> leftToApplication(ResourceServerConfig config) {
    ResourceIdentifier origin =
        ResourceIdentifier.parseAllowingHttpOnLoopback(
            config.resources().get(0).identifier().origin());
    Set<String> left = new HashSet<>();
    for (TrustedIssuer issuer : config.issuers()) {
      URI uri = URI.create(issuer.issuer());
      if (origin.isNamedBy(uri.getScheme() + "://" + uri.getRawAuthority())) {
        left.addAll(AUTHORIZATION_SERVER);
        AuthorizationServerMetadata.locations(issuer.issuer()).stream()
            .map(URI::getRawPath)
            .filter(path -> !RawPath.isAmbiguous(path))
            .forEach(left::add);
      }
    }
    return Set.copyOf(left);
  }

  /**
   * Every spelling at which a client of protocol revision 2025-03-26 asks this host for its
   * authorization server.
   */
  private static Set<String> mirrorPaths(ResourceServerConfig config) {
    Set<String> paths = new HashSet<>();
    for (ProtectedResource resource : config.resources()) {
      String path = trimmed(resource.identifier().path());
      for (String name : AUTHORIZATION_SERVER) {
        paths.addAll(List.of(name, name + path, path + name));
      }
    }
    return Set.copyOf(paths);
  }

  private static String trimmed(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static CachedDocument document(ProtectedResource resource) {
    return CachedDocument.of(resource.metadata().toJson());
  }

  /** The answer, if the path is one of a document or of an OAuth name that nobody serves. */
  Optional<Response> answer(Exchange exchange) {
    String path = exchange.path();
    if (!path.contains("/.well-known/") || leftToApplication.contains(path)) {
      return Optional.empty();
    }
    CachedDocument document = documents.get(path);
    if (document == null && mirror.isPresent() && mirrorPaths.contains(path)) {
      document = mirror.get().document().orElse(null);
    }
    if (document != null) {
      return Optional.of(serve(document, exchange));
    }
    return prefixes.stream().anyMatch(path::startsWith)
        ? Optional.of(unknown(exchange))
        : Optional.empty();
  }

  /** Whether {@link #answer} may have to fetch something. */
  boolean mayBlock(Exchange exchange) {
    return mirror.isPresent() && mirrorPaths.contains(exchange.path());
  }

  private static Response serve(CachedDocument document, Exchange exchange) {
    return switch (exchange.method()) {
      case "GET" -> document.answer(exchange.headers("If-None-Match"), CORS);
      case "HEAD" -> document.answer(exchange.headers("If-None-Match"), CORS).withoutBody();
      case "OPTIONS" -> preflight();
      default -> error(405, "This document can only be read").with(List.of(ALLOW));
    };
  }

  private static Response unknown(Exchange exchange) {
    if (exchange.method().equals("OPTIONS")) {
      return preflight();
    }
    Response response = error(404, "There is no such document here");
    return exchange.method().equals("HEAD") ? response.withoutBody() : response;
  }

  private static Response preflight() {
    List<FieldLine> fields = new ArrayList<>(CORS);
    fields.add(ALLOW);
    fields.add(new FieldLine("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS"));
    fields.add(
        new FieldLine(
            "Access-Control-Allow-Headers",
            "MCP-Protocol-Version, Authorization, Content-Type, Accept, If-None-Match"));
    fields.add(new FieldLine("Access-Control-Max-Age", "600"));
    return Response.empty(204, fields);
  }

  private static Response error(int status, String text) {
    List<FieldLine> fields = new ArrayList<>(CORS);
    fields.addAll(List.of(NO_STORE, NO_SNIFF));
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("error", status == 404 ? "not_found" : "method_not_allowed");
    body.put("error_description", text);
    return Response.json(status, fields, Json.write(body));
  }
}
