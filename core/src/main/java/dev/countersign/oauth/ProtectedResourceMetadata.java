package dev.countersign.oauth;

import dev.countersign.internal.Json;
import dev.countersign.internal.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The metadata document of a protected resource (RFC 9728 section 2):
 *
 * <pre>
 * {"resource":"https://mcp.example.com/mcp","authorization_servers":["https://id.example.com"],
 *  "scopes_supported":["mcp:read"],"bearer_methods_supported":["header"]}
 * </pre>
 *
 * <p>No member is null or empty, every multi-valued member is an array, and members that the RFC
 * does not know are kept. Immutable.
 */
public final class ProtectedResourceMetadata {

  private static final Json.Limits LIMITS = Json.Limits.DOCUMENT;

  private final Map<String, Object> members;

  ProtectedResourceMetadata(Map<String, Object> members) {
    this.members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  /**
   * Begins a document.
   *
   * @param resource the resource that the document is about
   * @param authorizationServers the issuers, byte for byte as they spell themselves, the preferred
   *     one first
   * @return the builder
   */
  public static MetadataBuilder builder(
      ResourceIdentifier resource, List<String> authorizationServers) {
    return new MetadataBuilder(resource, authorizationServers);
  }

  /**
   * Reads a document that somebody else wrote.
   *
   * @param json the document
   * @return the metadata
   * @throws IllegalArgumentException with every fault: no JSON object, a member that is null or of
   *     the wrong type, no {@code resource}
   */
  public static ProtectedResourceMetadata parse(String json) {
    Map<String, Object> members;
    try {
      members = Json.readObject(json.getBytes(StandardCharsets.UTF_8), LIMITS);
    } catch (JsonException e) {
      throw new IllegalArgumentException("expected one JSON object: " + e.getMessage());
    }
    List<String> faults = MetadataMembers.faults(members);
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", faults));
    }
    return new ProtectedResourceMetadata(members);
  }

  /**
   * The resource identifier.
   *
   * @return the text of {@code resource}, as it is in the document
   */
  public String resource() {
    return (String) members.getOrDefault("resource", "");
  }

  /**
   * The issuers of the authorization servers.
   *
   * @return the list in its order; empty if the member is absent
   */
  public List<String> authorizationServers() {
    return list("authorization_servers");
  }

  /**
   * The scopes that a client may ask for.
   *
   * @return the list in its order; empty if the member is absent
   */
  public List<String> scopesSupported() {
    return list("scopes_supported");
  }

  /**
   * The ways to send a token.
   *
   * @return {@code header} and the like; empty if the member is absent
   */
  public List<String> bearerMethodsSupported() {
    return list("bearer_methods_supported");
  }

  /**
   * A human-readable member in a language (RFC 9728 section 2.1).
   *
   * @param name the member without a tag, {@code resource_name} for instance
   * @param languageTag a BCP 47 tag, compared without regard to case; empty for the untagged member
   * @return the value; empty if it is absent
   */
  public Optional<String> text(String name, String languageTag) {
    String tagged = languageTag.isEmpty() ? name : name + "#" + languageTag;
    return members.entrySet().stream()
        .filter(member -> member.getKey().equalsIgnoreCase(tagged))
        .map(Map.Entry::getValue)
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .findFirst();
  }

  /**
   * Every member, those the RFC does not know included.
   *
   * @return strings, booleans, numbers, lists and maps by name, unmodifiable, in the order of the
   *     document
   */
  public Map<String, Object> members() {
    return members;
  }

  /**
   * The document as it is served.
   *
   * @return one JSON object without white space
   */
  public String toJson() {
    return Json.write(members);
  }

  private List<String> list(String name) {
    return members.get(name) instanceof List<?> values
        ? values.stream().map(String.class::cast).toList()
        : List.of();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ProtectedResourceMetadata metadata && members.equals(metadata.members);
  }

  @Override
  public int hashCode() {
    return members.hashCode();
  }

  @Override
  public String toString() {
    return toJson();
  }
}
