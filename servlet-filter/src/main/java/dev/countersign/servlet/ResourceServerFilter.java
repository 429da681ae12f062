package dev.countersign.servlet;

import dev.countersign.ResourceServer;
import dev.countersign.config.ConfigException;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.config.SettingSource;
import dev.countersign.spi.Finding;
import dev.countersign.spi.Lease;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts the engine in front of a web application. Map it to {@code /*}, before every other filter,
 * with {@code async-supported} and every dispatcher type; whatever is dispatched more than once is
 * judged once. The challenges that the application itself sends are put right on their way out,
 * whoever writes them, while bodies stream as they did.
 *
 * <p>Made by a container, it reads the settings from system properties, the environment, its
 * init-params, and the properties file that {@code config} names, the strongest first. Made by
 * code, it takes an engine, which the code closes.
 *
 * <p>The application finds the access token by {@link AccessTokens}, or as the request attribute
 * {@link #ACCESS_TOKEN}, the subject as {@code getUserPrincipal}, and each scope-token as a role;
 * on the thread that handles the request also by {@link dev.countersign.oauth.CurrentAccessToken}.
 * It does not find the text of the token, nor what the client says about its user: see {@code
 * expose-authorization} and {@code stripped-headers}. If it lets {@link
 * dev.countersign.oauth.InsufficientScopeException} through before the response has begun, the
 * client gets the challenge. Thread-safe.
 */
public final class ResourceServerFilter implements Filter {

  /** The request attribute that holds the {@link dev.countersign.oauth.AccessToken}. */
  public static final String ACCESS_TOKEN = "dev.countersign.oauth.AccessToken";

  private static final Logger LOG = System.getLogger("dev.countersign.servlet");

  private final boolean ownsEngine;
  private final SelfProbe selfProbe = new SelfProbe();
  private volatile @Nullable ResourceServer engine;

  /** For a container, which calls {@link #init} before the first request. */
  public ResourceServerFilter() {
    this.ownsEngine = true;
  }

  /**
   * For code.
   *
   * @param engine the engine; the filter does not close it
   */
  public ResourceServerFilter(ResourceServer engine) {
    this.ownsEngine = false;
    this.engine = engine;
  }

  /**
   * Reads the settings, unless there is an engine already, and says what this web application
   * cannot serve.
   *
   * @param filterConfig the init-params and the context
   * @throws ServletException with every problem of the settings, or, with {@code strict-start},
   *     every error that the self-check has found; the container then serves nothing
   */
  @Override
  public void init(FilterConfig filterConfig) throws ServletException {
    ResourceServer ready = engine;
    boolean made = ready == null;
    if (ready == null) {
      ready = ResourceServer.create(read(filterConfig));
    }
    ready.attached(ContextPath.findings(filterConfig.getServletContext(), ready.config()));
    AgentBeside.tell(ready.config());
    if (made) {
      ready.startCheck();
      if (ready.isRefusing()) {
        ready.close();
        throw new ServletException(refusal(ready.findings()));
      }
      engine = ready;
    }
  }

  private static String refusal(List<Finding> findings) {
    return findings.stream()
        .map(finding -> "\n  " + finding.level() + " " + finding)
        .collect(
            Collectors.joining("", "Countersign does not serve with errors (strict-start):", ""));
  }

  private static ResourceServerConfig read(FilterConfig filterConfig) throws ServletException {
    try {
      return ResourceServerConfig.read(sources(filterConfig));
    } catch (ConfigException e) {
      throw new ServletException("Countersign is not configured:\n" + e.getMessage(), e);
    }
  }

  private static List<SettingSource> sources(FilterConfig filterConfig) {
    Map<String, String> params = new HashMap<>();
    for (String name : Collections.list(filterConfig.getInitParameterNames())) {
      params.put(name, filterConfig.getInitParameter(name));
    }
    return SettingSource.all(SettingSource.of("init-param", params));
  }

  /**
   * Answers the request, or passes it on with the principal of its token.
   *
   * @throws IOException if the answer cannot be written, or from the application
   * @throws ServletException from the application
   */
  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!(request instanceof HttpServletRequest http)
        || !(response instanceof HttpServletResponse answer)) {
      throw new ServletException("only HTTP can be judged");
    }
    HttpServletRequest judged = Judged.before(http, answer);
    if (judged != null) {
      pass(judged, answer, new UserChain(chain));
      return;
    }
    ServletExchange exchange = new ServletExchange(http, answer);
    try {
      if (admits(http, exchange)) {
        pass(exchange.admitted(), answer, new UserChain(chain));
      }
    } finally {
      exchange.end();
    }
  }

  /** Lets the application answer, and puts the head of its answer right. */
  private void pass(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    ResourceServer ready = engine;
    RepairedResponse layer = RepairedResponse.in(response);
    if (ready == null) {
      chain.doFilter(request, response);
      return;
    }
    ServletExchange exchange = new ServletExchange(request, response, Judged.firstPathOf(request));
    RepairedResponse repaired =
        layer == null ? new RepairedResponse(response, exchange, ready) : layer;
    HttpServletResponse shown =
        layer == null
            ? FilteredResponse.of(request, leased(request, repaired, exchange))
            : response;
    HidingRequest.showAsynchronously(request, shown);
    try {
      answer(request, shown, chain, layer == null);
    } catch (IOException | ServletException | RuntimeException e) {
      if (!RaisedDenial.isAnswered(e, request, response, ready)) {
        throw e;
      }
    } finally {
      RepairReport.atTheEnd(request, repaired, LeasedResponse.in(shown));
    }
  }

  /** Runs the application, and then sends what of its answer was held back. */
  private static void answer(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain, boolean first)
      throws IOException, ServletException {
    FilteredResponse filtered = FilteredResponse.in(response);
    if (filtered == null) {
      chain.doFilter(request, response);
      return;
    }
    chain.doFilter(first ? new FilteredRequest(request, filtered) : request, response);
    DispatcherType dispatch = request.getDispatcherType();
    boolean part = dispatch == DispatcherType.FORWARD || dispatch == DispatcherType.INCLUDE;
    if (!part && !request.isAsyncStarted()) {
      filtered.end();
    }
  }

  private static HttpServletResponse leased(
      HttpServletRequest request, RepairedResponse response, ServletExchange exchange) {
    Lease lease = exchange.lease();
    return lease.equals(Lease.NONE) ? response : new LeasedResponse(request, response, lease);
  }

  private boolean admits(HttpServletRequest request, ServletExchange exchange) throws IOException {
    ResourceServer ready = engine;
    if (ready == null) {
      exchange.unavailable();
      return false;
    }
    try {
      selfProbe.begin(request, ready);
      return ready.admit(exchange);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      LOG.log(Level.ERROR, "judging a request failed with {0}", e.getClass().getName());
      exchange.unavailable();
      return false;
    }
  }

  /** Closes the engine, if it was made by {@link #init}. */
  @Override
  public void destroy() {
    ResourceServer ready = engine;
    if (ownsEngine && ready != null) {
      engine = null;
      ready.close();
    }
  }
}
