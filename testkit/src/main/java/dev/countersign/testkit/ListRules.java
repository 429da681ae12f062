package dev.countersign.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a caller may not use is in no list, and unknown. */
abstract class ListRules extends HardeningRules {

  private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\"}";

  private static String tools(String... names) {
    StringBuilder all = new StringBuilder();
    for (String name : names) {
      all.append(all.isEmpty() ? "" : ",").append("{\"name\":\"").append(name).append("\"}");
    }
    return "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"tools\":[" + all + "]}}";
  }

  private static final String ALL = tools("delete_file", "read_file", "other");

  private String token(String scope) {
    return tokens().mint().scope(scope).text();
  }

  private RawRequest list(String scope, String wish) {
    return rpc(LIST)
        .bearer(token(scope))
        .with(ProbeApplication.PROBE, wish)
        .with(ProbeApplication.BODY, ALL);
  }

  private void shows(String expected, RawRequest request) throws IOException {
    RawResponse response = reached(stand(Setup.HIDDEN), request);
    assertEquals(200, response.status(), response::toString);
    assertEquals(expected, response.text());
    assertEquals(List.of("application/json"), types(response));
  }

  private static List<String> types(RawResponse response) {
    return response.values("Content-Type").stream().map(type -> type.split(";")[0]).toList();
  }

  @Test
  void U12_MC27_aListHoldsWhatTheTokenMayUse() throws IOException {
    needs(Capability.BODY_FILTER);
    for (String wish : List.of("answer 200", "later answer 200")) {
      if (wish.startsWith("later") && !capabilities().contains(Capability.LATER)) {
        continue;
      }
      shows(tools(), list("mcp:read", wish));
      shows(tools("read_file"), list("mcp:read files:read", wish));
      shows(tools("read_file"), list("mcp:read files:read", wish));
      shows(tools("delete_file", "read_file"), list("mcp:read files:read files:write", wish));
    }
  }

  @Test
  void MC27_aLongListIsHeldBackUntilItIsWhole() throws IOException {
    needs(Capability.BODY_FILTER);
    shows(
        tools(Collections.nCopies(2000, "read_file").toArray(String[]::new)),
        list("mcp:read files:read", "list 4000"));
  }

  @Test
  void MC27_aListThatCannotBeReadIsNotSent() throws IOException {
    needs(Capability.BODY_FILTER);
    RawRequest coded =
        list("mcp:read", "answer 200").with(ProbeApplication.FIELD, "Content-Encoding: x-own");
    shows(
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"error\":{\"code\":-32603,"
            + "\"message\":\"The list cannot be filtered\"}}",
        coded);
  }

  @Test
  void H31_MC27_aListInAStreamIsFilteredWhileTheStreamIsOpen() throws IOException {
    needs(Capability.BODY_FILTER);
    Stand stand = stand(Setup.HIDDEN);
    try (RawHttp connection = stand.connect()) {
      connection.send(list("mcp:read files:read", "stream").bytes());
      assertEquals(200, connection.receiveHead().status());
      String first = connection.readUntil("\n\n");
      assertTrue(first.contains("data: " + tools("read_file") + "\n"), first);
      stand.application().releaseStream();
      connection.readUntil("data: two");
    }
  }

  @Test
  void MC27_whereNothingFiltersThereIsNoList() throws IOException {
    if (!capabilities().contains(Capability.BODY_FILTER)) {
      RawResponse response = refused(stand(Setup.HIDDEN), 500, list("mcp:read", "answer 200"));
      assertTrue(response.text().contains("cannot be filtered here"), response::text);
    }
  }

  @Test
  void U13_SC12_whatMayNotBeCalledIsAnsweredAsWhatIsNotThere() throws IOException {
    Stand stand = stand(Setup.HIDDEN);
    for (String tool : List.of("delete_file", "other", "no_such_tool")) {
      stand.clear();
      RawResponse response =
          stand.send(
              rpc("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\""
                      + tool
                      + "\"}}")
                  .bearer(token("mcp:read files:read")));
      assertEquals(200, response.status());
      assertEquals(List.of(), response.values("WWW-Authenticate"));
      assertEquals(
          "{\"jsonrpc\":\"2.0\",\"id\":7,\"error\":{\"code\":-32602,\"message\":\"Unknown tool: "
              + tool
              + "\"}}",
          response.text());
      assertEquals(0, stand.application().invocations());
    }
  }
}
