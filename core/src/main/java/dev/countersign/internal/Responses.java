package dev.countersign.internal;

import dev.countersign.internal.FetchResult.Cause;
import dev.countersign.internal.FetchResult.Failed;
import dev.countersign.internal.FetchResult.Fetched;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** Tells a response that can be used from all others. */
final class Responses {

  private static final List<String> KEPT = List.of("cache-control");

  private Responses() {}

  /**
   * What a response is worth.
   *
   * @param response the response
   * @param mediaType whether a content type, as it was received, is one that was asked for
   */
  static FetchResult judge(HttpResponse<byte[]> response, Predicate<String> mediaType) {
    int status = response.statusCode();
    if (status != 200) {
      return new Failed(causeOf(status), status, retryAfter(response.headers()));
    }
    if (!mediaType.test(value(response.headers(), "content-type"))
        || !isIdentity(value(response.headers(), "content-encoding"))) {
      return new Failed(Cause.CONTENT, status, Duration.ZERO);
    }
    Map<String, String> fields = new HashMap<>();
    KEPT.forEach(name -> fields.put(name, value(response.headers(), name)));
    return new Fetched(response.body(), fields);
  }

  // 408 and 429 say: not now. The other 4xx say: not this document.
  private static Cause causeOf(int status) {
    if (status >= 300 && status < 400) {
      return Cause.REDIRECT;
    }
    boolean absent = status >= 400 && status < 500 && status != 408 && status != 429;
    return absent ? Cause.ABSENT : Cause.STATUS;
  }

  // Retry-After = HTTP-date / delay-seconds; only seconds are understood, a date counts as silence
  private static Duration retryAfter(HttpHeaders headers) {
    String value = value(headers, "retry-after");
    return value.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(value)) : Duration.ZERO;
  }

  // Key sets are also served as plain text or without a type, by file stores for instance. A page
  // of HTML
  // is a login or an error.
  static boolean isJson(String contentType) {
    String type = mediaType(contentType);
    return type.isEmpty()
        || type.equals("application/json")
        || (type.startsWith("application/") && type.endsWith("+json"))
        || type.equals("text/plain")
        || type.equals("application/octet-stream");
  }

  /** Whether a content type is of this media type. */
  static boolean is(String mediaType, String contentType) {
    return mediaType(contentType).equals(mediaType);
  }

  // media-type = type "/" subtype parameters, without regard to case (RFC 9110 section 8.3.1)
  private static String mediaType(String contentType) {
    return contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  // None was asked for. What is packed could be a bomb, and is not unpacked.
  private static boolean isIdentity(String contentCoding) {
    return contentCoding.isEmpty() || contentCoding.equalsIgnoreCase("identity");
  }

  private static String value(HttpHeaders headers, String name) {
    return headers.firstValue(name).orElse("").strip();
  }
}
