package dev.countersign.mcp;

import dev.countersign.internal.Json;
import dev.countersign.internal.JsonException;
import dev.countersign.internal.JsonException.Fault;
import dev.countersign.oauth.Denial;
import dev.countersign.spi.JsonRpcCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A JSON-RPC body, read so strictly that no other reader can see another call in it: UTF-8 without
 * byte order mark, one document, every member name once at any depth. Immutable.
 */
public sealed interface JsonRpcBody {

  /** The greatest number of messages in one batch, inclusive. */
  int MAX_BATCH = 50;

  /**
   * What a body calls.
   *
   * @param calls each request, notification and answer; one message, or those of a batch of
   *     protocol revision 2025-03-26. A {@code subscriptions/listen} is followed by a {@code
   *     resources/subscribe} for each resource that it names.
   * @param id the identifier of the only message if it is a request, a string or an integer of 64
   *     bits; {@link Json#NULL} if there is none
   */
  record Calls(List<JsonRpcCall> calls, Object id) implements JsonRpcBody {

    /** Copies the list. */
    public Calls {
      calls = List.copyOf(calls);
    }

    /**
     * Calls to which nobody answers, or more than one answer.
     *
     * @param calls each request, notification and answer
     */
    public Calls(List<JsonRpcCall> calls) {
      this(calls, Json.NULL);
    }

    @Override
    public Optional<SingleRequest> request() {
      return calls.size() == 1 && !id.equals(Json.NULL)
          ? Optional.of(new SingleRequest(calls.get(0), id))
          : Optional.empty();
    }
  }

  /**
   * The body is refused.
   *
   * @param why unreadable, no message, without a name, not what the fields say, or of a type that
   *     the application might read differently
   */
  record Refused(Denial why) implements JsonRpcBody {

    @Override
    public Optional<SingleRequest> request() {
      return Optional.empty();
    }
  }

  /**
   * The one request in it, so that it can be answered in the name of the application.
   *
   * @return empty for a notification, an answer, a batch, a request that calls several things, and
   *     if it is refused
   */
  Optional<SingleRequest> request();

  /**
   * Reads a body.
   *
   * @param fields the fields of the request that are about its body
   * @param body the content as received
   * @return the calls, or refused
   */
  static JsonRpcBody read(BodyFields fields, byte[] body) {
    if (!hasType(fields)) {
      return new Refused(Denial.BODY_TYPE);
    }
    Optional<ProtocolRevision> revision = ProtocolRevision.of(fields.versions());
    if (revision.isEmpty()) {
      return new Refused(Denial.HEADER_MISMATCH);
    }
    try {
      Json.Limits limits = new Json.Limits(body.length, 64, 100_000, 100, 8192, 16_000_000);
      // Of a message and its params something is looked at in every body; what is deeper is made
      // only if a rule asks for it.
      return messages(fields, revision.get(), Json.outline(body, limits, 2));
    } catch (JsonException e) {
      return new Refused(kindOf(e));
    }
  }

  /**
   * Whether the fields say that there may be a message in the body; if not, it need not be read.
   *
   * @param fields the fields of the request that are about its body
   * @return true if it is JSON in UTF-8, without a content coding
   */
  static boolean hasType(BodyFields fields) {
    return JsonContentType.isPlainJson(fields.contentTypes(), fields.contentCodings());
  }

  private static Denial kindOf(JsonException e) {
    boolean document =
        e.fault() == Fault.REPEATED_NAME || (e.fault() == Fault.NUMBER && e.member().equals("id"));
    return document ? Denial.BODY_NO_MESSAGE : Denial.BODY_UNREADABLE;
  }

  private static JsonRpcBody messages(
      BodyFields fields, ProtocolRevision revision, Object document) {
    JsonRpcMessage reader = new JsonRpcMessage(fields, revision);
    if (!(document instanceof List<?> batch)) {
      return reader.read(document);
    }
    if (!revision.equals(ProtocolRevision.OF_BATCHES)
        || batch.isEmpty()
        || batch.size() > MAX_BATCH) {
      return new Refused(Denial.BODY_NO_MESSAGE);
    }
    List<JsonRpcCall> calls = new ArrayList<>();
    for (Object message : batch) {
      JsonRpcBody one = reader.read(message);
      if (!(one instanceof Calls read)) {
        return one;
      }
      calls.addAll(read.calls());
    }
    return new Calls(calls);
  }
}
