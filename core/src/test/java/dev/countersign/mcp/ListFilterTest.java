package dev.countersign.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.spi.BodyFilter;
import dev.countersign.spi.BodyFilter.Way;
import dev.countersign.spi.JsonRpcCall;
import dev.countersign.spi.ResponseHead;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListFilterTest {

  private static final Predicate<JsonRpcCall> VISIBLE = call -> call.name().startsWith("a");
  private static final String FAILURE =
      "{\"jsonrpc\":\"2.0\",\"id\":7,\"error\":{\"code\":-32603,"
          + "\"message\":\"The list cannot be filtered\"}}";
  private static final String TOOLS =
      "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"tools\":[{\"name\":\"a\",\"n\":1.50},"
          + "{\"name\":\"b\"}],\"nextCursor\":\"b\"}}";
  private static final String FILTERED =
      "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"tools\":[{\"name\":\"a\",\"n\":1.50}],"
          + "\"nextCursor\":\"b\"}}";

  private static BodyFilter ofTools() {
    return ListFilter.ofList("tools/list", 7L, VISIBLE, 1000);
  }

  /** A head in memory. */
  private static final class Head implements ResponseHead {

    final Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final int status;

    Head(int status, String... fields) {
      this.status = status;
      for (int at = 0; at < fields.length; at += 2) {
        this.fields.put(fields[at], List.of(fields[at + 1]));
      }
    }

    static Head json() {
      return new Head(200, "Content-Type", "application/json");
    }

    @Override
    public int status() {
      return status;
    }

    @Override
    public List<String> headers(String name) {
      return fields.getOrDefault(name, List.of());
    }

    @Override
    public void headers(String name, List<String> values) {
      if (values.isEmpty()) {
        fields.remove(name);
      } else {
        fields.put(name, values);
      }
    }
  }

  private static String whole(Head head, String body) {
    BodyFilter filter = ofTools();
    assertEquals(Way.WHOLE, filter.begin(head));
    byte[] out = filter.whole(head, body.getBytes(StandardCharsets.UTF_8));
    return new String(out, StandardCharsets.UTF_8);
  }

  private static String events(BodyFilter filter, String stream) {
    assertEquals(Way.EVENTS, filter.begin(new Head(200, "Content-Type", "text/event-stream")));
    byte[] octets = stream.getBytes(StandardCharsets.UTF_8);
    return new String(filter.next(octets, 0, octets.length), StandardCharsets.UTF_8);
  }

  @Test
  void MC27_leavesOutWhatTheCallerDoesNotSee() {
    assertEquals(FILTERED, whole(Head.json(), TOOLS));
    assertEquals("data: " + FILTERED + "\n\n", events(ofTools(), "data: " + TOOLS + "\n\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "tools/list,tools,name",
    "prompts/list,prompts,name",
    "resources/list,resources,uri",
    "resources/templates/list,resourceTemplates,uriTemplate"
  })
  void MC27_knowsEveryList(String method, String member, String name) {
    BodyFilter filter = ListFilter.ofList(method, "x", VISIBLE, 1000);
    String all =
        "{\"result\":{\"M\":[{\"N\":\"b\"},{\"N\":\"a\"},{\"N\":1},{},\"a\"]}}"
            .replace("M", member)
            .replace("N", name);
    Head head = Head.json();
    filter.begin(head);
    String out =
        new String(
            filter.whole(head, all.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    assertEquals("{\"result\":{\"" + member + "\":[{\"" + name + "\":\"a\"}]}}", out);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"result\":{\"tools\":[{\"name\":\"b\"}],\"cacheScope\":\"public\"}}",
        "{\"result\":{\"tools\":[{\"name\":\"b\"}],\"cacheScope\":1}}",
      })
  void U14_aFilteredListIsForThisCallerOnly(String body) {
    assertEquals(
        "{\"result\":{\"tools\":[],\"cacheScope\":\"private\"}}", whole(Head.json(), body));
  }

  @Test
  void U14_aLifetimeWithoutAScopeGetsOne() {
    assertTrue(
        whole(Head.json(), "{\"result\":{\"tools\":[],\"ttlMs\":5}}")
            .endsWith("\"ttlMs\":5,\"cacheScope\":\"private\"}}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"error\":{\"code\":-32601,\"message\":\"no\"}}",
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"tools\":[1]}}"
      })
  void MC27_whatIsNoListIsLeftAlone(String body) {
    assertEquals(body, whole(Head.json(), body));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        " ",
        "\uFEFF{\"result\":{\"tools\":[]}}",
        "{\"result\":{\"tools\":[]}} {\"result\":{\"tools\":[{\"name\":\"b\"}]}}",
        "{\"result\":{\"tools\":[]},\"result\":{\"tools\":[{\"name\":\"b\"}]}}",
        "{\"result\":{\"tools\":[],\"tools\":[{\"name\":\"b\"}]}}",
        "{\"result\":{\"tools\":{\"name\":\"b\"}}}",
        "{\"result\":{\"Tools\":[{\"name\":\"b\"}]}}",
        "{\"result\":[{\"name\":\"b\"}]}",
        "{\"error\":{},\"result\":{\"tools\":[{\"name\":\"b\"}]}}",
        "{\"method\":\"x\",\"result\":{\"tools\":[{\"name\":\"b\"}]}}",
        "{\"tools\":[{\"name\":\"b\"}]}",
        "\"tools\"",
        "[{\"result\":{\"tools\":[]}},{\"result\":{\"x\":[{\"name\":\"b\"}]}}]",
        "{\"result\":{\"tools\":[{\"name\":\"a\",\"n\":1e999}]}}"
      })
  void MC27_whatCannotBeReadStrictlyDoesNotLeave(String body) {
    Head head = Head.json();
    assertEquals(FAILURE, whole(head, body));
    assertEquals(List.of("application/json"), head.headers("Content-Type"));
    if (body.contains("{")) {
      assertEquals("data: " + FAILURE + "\n\n", events(ofTools(), "data: " + body + "\n\n"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "text/html,identity",
    "application/json;charset=UTF-16,identity",
    "application/json,gzip",
    "text/event-stream,gzip",
    "application/json;charset=iso-8859-1,br",
    "application/xml+json,identity"
  })
  void MC27_whatIsNotPlainJsonDoesNotLeave(String type, String coding) {
    Head head = new Head(200, "Content-Type", type, "Content-Encoding", coding);
    assertEquals(FAILURE, whole(head, TOOLS));
    assertEquals(List.of(), head.headers("Content-Encoding"));
    assertEquals(List.of("application/json"), head.headers("Content-Type"));
  }

  @Test
  void MC27_aBodyWithoutATypeOrTooLongDoesNotLeave() {
    assertEquals(FAILURE, whole(new Head(200), TOOLS));
    assertEquals(FAILURE, whole(Head.json(), TOOLS + " ".repeat(1001 - TOOLS.length())));
    assertEquals(FILTERED, whole(Head.json(), TOOLS + " ".repeat(1000 - TOOLS.length())));
  }

  @Test
  void anAsciiBodyMayHaveTheCharsetThatContainersAssume() {
    String type = "application/json;charset=ISO-8859-1";
    assertEquals(FILTERED, whole(new Head(200, "Content-Type", type), TOOLS));
    assertEquals(
        FAILURE, whole(new Head(200, "Content-Type", type), TOOLS.replace("1.50", "\"ü\"")));
  }

  @Test
  void fieldsThatDoNotHoldAreTakenAway() {
    Head head = Head.json();
    List.of("Content-Length", "ETag", "Content-Digest", "X-Own")
        .forEach(name -> head.headers(name, List.of("1")));
    whole(head, TOOLS);
    assertEquals(java.util.Set.of("Content-Type", "X-Own"), head.fields.keySet());
  }

  @ParameterizedTest
  @ValueSource(ints = {304, 400, 401, 500})
  void MC27_errorsAreLeftAlone(int status) {
    assertEquals("<p>no", whole(new Head(status, "Content-Type", "text/html"), "<p>no"));
  }

  @Test
  void MC27_aStreamOfAGetIsFilteredWhateverWasAsked() {
    BodyFilter filter = ListFilter.ofStream(VISIBLE, 1000);
    assertEquals(
        "event: endpoint\ndata: /messages?id=[1]\n\ndata: "
            + FILTERED
            + "\n\ndata: {\"result\":{\"content\":[]}}\n\n",
        events(
            filter,
            "event: endpoint\ndata: /messages?id=[1]\n\ndata: "
                + TOOLS
                + "\n\ndata: {\"result\":{},\"result\":{\"tools\":[]}}\n\n"
                + "data: {\"result\":{\"content\":[]}}\n\n"));
    assertEquals(
        Way.AS_IS,
        ListFilter.ofStream(VISIBLE, 1000).begin(new Head(200, "Content-Type", "text/html")));
    assertEquals(
        Way.WHOLE,
        ListFilter.ofStream(VISIBLE, 1000)
            .begin(new Head(200, "Content-Type", "text/event-stream", "Content-Encoding", "gzip")));
  }

  @Test
  void MC27_aPolicyThatThrowsHidesTheList() {
    BodyFilter filter =
        ListFilter.ofList(
            "tools/list",
            7L,
            call -> {
              throw new IllegalStateException("a bug");
            },
            1000);
    Head head = Head.json();
    filter.begin(head);
    byte[] out = filter.whole(head, TOOLS.getBytes(StandardCharsets.UTF_8));
    assertEquals(FAILURE, new String(out, StandardCharsets.UTF_8));
  }

  @Test
  void onlyListsAreLists() {
    assertTrue(ListFilter.isList("resources/templates/list"));
    assertFalse(ListFilter.isList("tools/call"));
    assertFalse(ListFilter.isList("Tools/list"));
  }
}
