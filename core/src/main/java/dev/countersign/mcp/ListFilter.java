package dev.countersign.mcp;

import dev.countersign.internal.Json;
import dev.countersign.internal.JsonException;
import dev.countersign.spi.BodyFilter;
import dev.countersign.spi.JsonRpcCall;
import dev.countersign.spi.ResponseHead;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of the lists of a response what the caller may not use. What cannot be read strictly
 * does not leave: a JSON-RPC error takes its place.
 */
public final class ListFilter implements BodyFilter {

  private static final Logger LOG = System.getLogger("dev.countersign");

  private static final Pattern EVENTS =
      Pattern.compile("(?i)[ \\t]*text/event-stream[ \\t]*(;.*)?");

  // What containers write for a writer that nobody has told a charset.
  private static final Pattern LATIN_JSON =
      Pattern.compile(
          "(?i)[ \\t]*application/json[ \\t]*;[ \\t]*charset=(\"?)iso-8859-1\\1[ \\t]*");

  private static final List<String> ABOUT_BODY =
      List.of("Content-Length", "Content-Digest", "Repr-Digest", "ETag");

  private final @Nullable ListKind asked;
  private final ListedMessages messages;
  private final Object id;
  private final int maxLength;
  private final EventFilter events;

  private ListFilter(
      Predicate<JsonRpcCall> visible, @Nullable ListKind asked, Object id, int maxLength) {
    this.asked = asked;
    this.messages = new ListedMessages(visible, asked);
    this.id = id;
    this.maxLength = maxLength;
    this.events = new EventFilter(this::data, maxLength);
  }

  /**
   * Whether a method asks for a list.
   *
   * @param method the JSON-RPC method
   * @return true for those of tools, prompts, resources and templates
   */
  public static boolean isList(String method) {
    return ListKind.of(method).isPresent();
  }

  /**
   * The filter of the response to a request for a list.
   *
   * @param method the JSON-RPC method
   * @param id the identifier of the request; {@link Json#NULL} if it has none
   * @param visible whether the caller sees what a call uses
   * @param maxLength the greatest body, or event, in octets, inclusive
   * @return a filter for one response
   * @throws IllegalArgumentException if the method asks for no list
   */
  public static BodyFilter ofList(
      String method, Object id, Predicate<JsonRpcCall> visible, int maxLength) {
    ListKind kind = ListKind.of(method).orElseThrow(() -> new IllegalArgumentException("no list"));
    return new ListFilter(visible, kind, id, maxLength);
  }

  /**
   * The filter of a stream that a GET opens, by which results of whatever requests can come: in
   * protocol revision 2024-11-05 all, in later ones those of a stream that was interrupted. A
   * response that is no stream is of no interest.
   *
   * @param visible whether the caller sees what a call uses
   * @param maxLength the greatest event in octets, inclusive
   * @return a filter for one response
   */
  public static BodyFilter ofStream(Predicate<JsonRpcCall> visible, int maxLength) {
    return new ListFilter(visible, null, Json.NULL, maxLength);
  }

  @Override
  public Way begin(ResponseHead head) {
    boolean stream = head.headers("Content-Type").stream().anyMatch(EVENTS.asMatchPredicate());
    if (stream && isGood(head) && isPlain(head)) {
      ABOUT_BODY.forEach(name -> head.headers(name, List.of()));
      return Way.EVENTS;
    }
    return asked == null && !stream ? Way.AS_IS : Way.WHOLE;
  }

  private static boolean isGood(ResponseHead head) {
    return head.status() >= 200 && head.status() <= 299;
  }

  private static boolean isPlain(ResponseHead head) {
    return head.headers("Content-Type").size() == 1
        && head.headers("Content-Encoding").stream().allMatch("identity"::equalsIgnoreCase);
  }

  @Override
  public int maxLength() {
    return maxLength;
  }

  @Override
  public byte[] next(byte[] octets, int offset, int length) {
    return events.next(octets, offset, length);
  }

  @Override
  public byte[] whole(ResponseHead head, byte[] body) {
    head.headers("Content-Length", List.of());
    if (body.length == 0 || (!isGood(head) && body.length <= maxLength)) {
      return body;
    }
    ABOUT_BODY.forEach(name -> head.headers(name, List.of()));
    Optional<byte[]> filtered =
        isGood(head) && isJson(head, body) ? filtered(body) : Optional.empty();
    return filtered.orElseGet(
        () -> {
          head.headers("Content-Type", List.of("application/json"));
          head.headers("Content-Encoding", List.of());
          return failure().getBytes(StandardCharsets.UTF_8);
        });
  }

  private static boolean isJson(ResponseHead head, byte[] body) {
    List<String> types = head.headers("Content-Type");
    List<String> codings = head.headers("Content-Encoding");
    return JsonContentType.isPlainJson(types, codings)
        || (isPlain(head) && LATIN_JSON.matcher(types.get(0)).matches() && isAscii(body));
  }

  private static boolean isAscii(byte[] body) {
    int all = 0;
    for (byte one : body) {
      all |= one;
    }
    return all >= 0;
  }

  // What has no object in it is no message: an endpoint, or the empty event that begins a stream.
  private Optional<String> data(String text) {
    if (text.indexOf('{') < 0) {
      return Optional.of(text);
    }
    Optional<byte[]> filtered = filtered(text.getBytes(StandardCharsets.UTF_8));
    return asked == null && filtered.isEmpty()
        ? Optional.empty()
        : Optional.of(
            filtered.map(one -> new String(one, StandardCharsets.UTF_8)).orElseGet(this::failure));
  }

  private Optional<byte[]> filtered(byte[] json) {
    try {
      Object document = Json.read(json, new Json.Limits(maxLength, 64, 1_000_000, 100));
      return messages
          .filter(document)
          .map(one -> one.equals(document) ? json : write(one).getBytes(StandardCharsets.UTF_8));
    } catch (JsonException e) {
      return Optional.empty();
    } catch (RuntimeException e) {
      // The application's own policy; its message could hold anything.
      LOG.log(Level.ERROR, "filtering a list failed with {0}", e.getClass().getName());
      return Optional.empty();
    }
  }

  private static String write(Object document) {
    if (document instanceof List<?> batch) {
      return batch.stream().map(ListFilter::write).collect(Collectors.joining(",", "[", "]"));
    }
    Map<String, Object> members = new LinkedHashMap<>();
    ((Map<?, ?>) document).forEach((name, value) -> members.put((String) name, value));
    return Json.write(members);
  }

  private String failure() {
    LOG.log(Level.WARNING, "a list of the application was not sent: it cannot be read strictly");
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("code", -32603);
    error.put("message", "The list cannot be filtered");
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("jsonrpc", "2.0");
    message.put("id", id);
    message.put("error", error);
    return Json.write(message);
  }
}
