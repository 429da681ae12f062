package dev.countersign.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.nimbusds.jose.JWSAlgorithm;
import dev.countersign.ResourceServer;
import dev.countersign.servlet.ResourceServerFilter;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.transport.HttpServletStatelessServerTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;

/**
 * Calls of a tool with a body of 64 KB over a connection to Jetty: what its threads spend on one,
 * without a filter, with one that reads no body, and with one that has a rule for tools. One
 * application does the least that an MCP server does with a body: it reads it as text and walks
 * through its tokens. The other is a server of the MCP Java SDK with a tool that does nothing.
 *
 * <p>Argument: how many rounds.
 */
public final class BodyRequests {

  private static final int REQUESTS = 1_000;
  private static final int WARM_UP = 5;
  private static final int SIZE = 64 * 1024;
  private static final long IDLE_MILLIS = 600_000;

  private static final List<String> APPLICATIONS = List.of("tokens", "sdk");
  private static final List<String> WAYS = List.of("open", "unread", "read");

  private BodyRequests() {}

  /** Reads as the servlet of the MCP Java SDK does. */
  private static final class Reading extends HttpServlet {

    private static final long serialVersionUID = 1;
    private static final JsonFactory JSON = new JsonFactory();

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      StringBuilder text = new StringBuilder();
      BufferedReader reader = request.getReader();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        text.append(line);
      }
      int tokens = 0;
      try (JsonParser parser = JSON.createParser(text.toString())) {
        while (parser.nextToken() != null) {
          tokens += parser.getTextLength() >= 0 ? 1 : 0;
        }
      }
      response.setContentType("application/json");
      response.getOutputStream().print("{\"tokens\":" + (tokens > 0) + "}");
    }
  }

  /**
   * Runs and prints.
   *
   * @param args the number of rounds, 15 if absent
   * @throws Exception if the server cannot start, or an answer is not what it must be
   */
  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 15;
    try (Issuer issuer = new Issuer(JWSAlgorithm.RS256);
        ResourceServer plain = issuer.engine(config -> {});
        ResourceServer ruled = issuer.engine(config -> config.toolScope("save", "mcp:read"))) {
      Server server = new Server(0);
      ContextHandlerCollection contexts = new ContextHandlerCollection();
      for (String application : APPLICATIONS) {
        ServletContextHandler unread = context(application, "unread");
        ServletContextHandler read = context(application, "read");
        guard(unread, plain);
        guard(read, ruled);
        contexts.addHandler(context(application, "open"));
        contexts.addHandler(unread);
        contexts.addHandler(read);
      }
      server.setHandler(contexts);
      // A connection waits while the others take their turns.
      ((ServerConnector) server.getConnectors()[0]).setIdleTimeout(IDLE_MILLIS);
      server.start();
      try {
        int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
        print(measure(port, issuer.token(), rounds));
      } finally {
        server.stop();
      }
    }
  }

  private static ServletContextHandler context(String application, String way) {
    ServletContextHandler context = new ServletContextHandler("/" + application + "/" + way);
    HttpServlet servlet = application.equals("sdk") ? sdk() : new Reading();
    context.addServlet(new ServletHolder(servlet), "/*");
    return context;
  }

  private static HttpServlet sdk() {
    HttpServletStatelessServerTransport servlet =
        HttpServletStatelessServerTransport.builder().messageEndpoint("/mcp").build();
    McpServer.sync(servlet)
        .serverInfo("benchmark", "1")
        .capabilities(ServerCapabilities.builder().tools(false).build())
        .toolCall(
            Tool.builder("save", Map.of("type", "object")).build(),
            (context, call) -> CallToolResult.builder().addTextContent("saved").build())
        .build();
    return servlet;
  }

  private static void guard(ServletContextHandler context, ResourceServer engine) {
    context.addFilter(
        new FilterHolder(new ResourceServerFilter(engine)),
        "/*",
        EnumSet.of(DispatcherType.REQUEST));
  }

  private static Map<String, ServerCost> measure(int port, String token, int rounds)
      throws IOException {
    String fields =
        "Authorization: Bearer "
            + token
            + "\r\nContent-Type: application/json; charset=utf-8"
            + "\r\nAccept: application/json, text/event-stream\r\n";
    Map<String, ServerCost> costs = new LinkedHashMap<>();
    for (Map.Entry<String, String> body :
        List.of(Map.entry("one text", text()), Map.entry("2,730 objects", numbers()))) {
      for (String application : APPLICATIONS) {
        for (String way : WAYS) {
          costs.put(
              body.getKey() + ", " + application + ", " + way,
              new ServerCost(
                  port, "/" + application + "/" + way + "/mcp", fields, body.getValue(), 200));
        }
      }
    }
    List<ServerCost> turns = new ArrayList<>(costs.values());
    for (int round = 0; round < rounds + WARM_UP; round++) {
      // Who comes first in a round has the worst of it.
      Collections.rotate(turns, 1);
      for (ServerCost cost : turns) {
        cost.add(REQUESTS, round >= WARM_UP);
      }
    }
    return costs;
  }

  private static String call(String argument) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"save\","
        + "\"arguments\":{\"x\":"
        + argument
        + "}}}";
  }

  private static String text() {
    return call("\"" + "The quick brown fox. ".repeat(SIZE / 21) + "\"");
  }

  private static String numbers() {
    return call("[" + "{\"value\":1234.5,\"n\":7},".repeat(SIZE / 24) + "0]");
  }

  private static void print(Map<String, ServerCost> costs) {
    System.out.printf("JDK %s, median of rounds%n", System.getProperty("java.vm.version"));
    System.out.printf("%-30s%12s%12s%12s%12s%n", "", "CPU us/req", "B/req", "us/req", "times");
    double open = Double.NaN;
    for (Map.Entry<String, ServerCost> one : costs.entrySet()) {
      ServerCost cost = one.getValue();
      open = one.getKey().endsWith("open") ? cost.cpu() : open;
      System.out.printf(
          "%-30s%12.1f%12.0f%12.1f%12.3f%n",
          one.getKey(), cost.cpu(), cost.bytes(), cost.elapsed(), cost.cpu() / open);
    }
  }
}
