package dev.countersign.benchmarks;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import dev.countersign.ResourceServer;
import dev.countersign.servlet.ResourceServerFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;

/**
 * Whole requests over a connection to Jetty: what its threads spend on one, with the filter and
 * without. The ways take turns, so that whoever else uses the machine disturbs all alike.
 *
 * <p>Argument: how many rounds.
 */
public final class WholeRequests {

  private static final int REQUESTS = 4_000;
  private static final int WARM_UP = 5;
  private static final byte[] BODY = "{\"ok\":true}".getBytes(StandardCharsets.UTF_8);

  private WholeRequests() {}

  /** An application of one answer. */
  private static final class Answering extends HttpServlet {

    private static final long serialVersionUID = 1;
    private final int status;

    Answering(int status) {
      this.status = status;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.setStatus(status);
      if (status == 200) {
        response.setContentType("application/json");
        response.setContentLength(BODY.length);
        response.getOutputStream().write(BODY);
      }
    }
  }

  /**
   * Runs and prints.
   *
   * @param args the number of rounds, 25 if absent
   * @throws Exception if the server cannot start, or an answer is not what it must be
   */
  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 25;
    try (Issuer issuer = new Issuer(JWSAlgorithm.RS256);
        ResourceServer engine = issuer.engine(64 * 1024 * 1024)) {
      Server server = server(engine);
      server.start();
      try {
        int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
        print(measure(port, issuer, rounds));
      } finally {
        server.stop();
      }
    }
  }

  private static Server server(ResourceServer engine) {
    Server server = new Server(0);
    ServletContextHandler guarded = context("/guarded", new Answering(200));
    guarded.addFilter(
        new FilterHolder(new ResourceServerFilter(engine)),
        "/*",
        EnumSet.of(DispatcherType.REQUEST));
    server.setHandler(
        new ContextHandlerCollection(
            guarded, context("/open", new Answering(200)), context("/closed", new Answering(401))));
    return server;
  }

  private static ServletContextHandler context(String path, Servlet servlet) {
    ServletContextHandler context = new ServletContextHandler(path);
    context.addServlet(new ServletHolder(servlet), "/*");
    return context;
  }

  private static Map<String, ServerCost> measure(int port, Issuer issuer, int rounds)
      throws IOException, GeneralSecurityException, JOSEException {
    String token = "Authorization: Bearer " + issuer.token() + "\r\n";
    String forged = token.replaceAll("\\.[^.]*$", "." + "A".repeat(342)) + "\r\n";
    String garbage = "Authorization: Bearer " + "A".repeat(issuer.token().length()) + "\r\n";
    Map<String, ServerCost> costs = new LinkedHashMap<>();
    costs.put("open, with a token", new ServerCost(port, "/open/mcp", token, 200));
    costs.put("guarded, accepted", new ServerCost(port, "/guarded/mcp", token, 200));
    costs.put("plain 401", new ServerCost(port, "/closed/mcp", "", 401));
    costs.put("guarded, no token", new ServerCost(port, "/guarded/mcp", "", 401));
    costs.put("guarded, garbage", new ServerCost(port, "/guarded/mcp", garbage, 401));
    costs.put("guarded, forged", new ServerCost(port, "/guarded/mcp", forged, 401));
    for (int round = 0; round < rounds + WARM_UP; round++) {
      for (ServerCost cost : costs.values()) {
        cost.add(REQUESTS, round >= WARM_UP);
      }
    }
    return costs;
  }

  private static void print(Map<String, ServerCost> costs) {
    System.out.printf("JDK %s, median of rounds%n", System.getProperty("java.vm.version"));
    System.out.printf("%-24s%14s%14s%14s%n", "", "CPU us/req", "B/req", "us/req");
    costs.forEach(
        (name, cost) ->
            System.out.printf(
                "%-24s%14.2f%14.0f%14.2f%n", name, cost.cpu(), cost.bytes(), cost.elapsed()));
  }
}
