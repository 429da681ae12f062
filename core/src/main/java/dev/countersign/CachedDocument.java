package dev.countersign;

import dev.countersign.http.FieldLine;
import dev.countersign.http.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A JSON document with its validator (RFC 9110 section 8.8.3). Immutable.
 *
 * @param json the document
 * @param etag its strong entity tag, with the quotes
 */
record CachedDocument(String json, String etag) {

  private static final FieldLine CACHE = new FieldLine("Cache-Control", "public, max-age=300");
  private static final FieldLine NO_SNIFF = new FieldLine("X-Content-Type-Options", "nosniff");

  static CachedDocument of(String json) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
      return new CachedDocument(json, '"' + HexFormat.of().formatHex(digest, 0, 8) + '"');
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The response to GET: 304 if the client has this document already. */
  Response answer(List<String> ifNoneMatch, List<FieldLine> cors) {
    List<FieldLine> fields = new ArrayList<>(cors);
    fields.addAll(List.of(new FieldLine("ETag", etag), CACHE, NO_SNIFF));
    return ifNoneMatch.stream().anyMatch(this::matches)
        ? Response.empty(304, fields)
        : Response.json(200, fields, json);
  }

  // If-None-Match = "*" / #entity-tag, compared weakly (RFC 9110 section 13.1.2)
  private boolean matches(String line) {
    return Arrays.stream(line.split(","))
        .map(String::strip)
        .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
        .anyMatch(tag -> tag.equals("*") || tag.equals(etag));
  }
}
