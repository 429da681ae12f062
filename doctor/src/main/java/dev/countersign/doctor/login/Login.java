package dev.countersign.doctor.login;

import dev.countersign.doctor.check.Document;
import dev.countersign.doctor.check.Probe;
import dev.countersign.doctor.check.Site;
import dev.countersign.doctor.client.ResourceRule;
import dev.countersign.doctor.wire.Answer;
import dev.countersign.doctor.wire.Request;
import dev.countersign.internal.Json;
import dev.countersign.oauth.AuthorizationServerMetadata;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Logs in as a client does: registration unless a client is given, PKCE (RFC 7636), a resource
 * indicator (RFC 8707), a loopback redirect (RFC 8252), and then a call of {@code tools/list}. Not
 * thread-safe.
 */
public final class Login {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final SecureRandom RANDOM = new SecureRandom();

  /**
   * One step of the login. Immutable.
   *
   * @param what what was done
   * @param result what came of it; never a code or a token
   * @param good whether the login can go on
   * @param taken how long it took
   */
  public record Step(String what, String result, boolean good, Duration taken) {}

  /** Shows the user a page. */
  @FunctionalInterface
  public interface Browser {

    /**
     * Shows a page, and returns at once.
     *
     * @param page the login page of the authorization server
     * @throws IOException if it cannot be shown
     */
    void open(URI page) throws IOException;
  }

  /** A step that did not work; the steps before it are told all the same. */
  private static final class Failed extends Exception {

    private static final long serialVersionUID = 1L;

    Failed(String why) {
      super(why);
    }
  }

  @FunctionalInterface
  private interface Action<T> {
    T run() throws Failed, IOException, InterruptedException;
  }

  private final Site site;
  private final Browser browser;
  private final List<Step> steps = new ArrayList<>();

  /**
   * A login.
   *
   * @param site where to
   * @param browser shows the login page
   */
  public Login(Site site, Browser browser) {
    this.site = site;
    this.browser = browser;
  }

  /**
   * Does it. Waits for the user for up to five minutes.
   *
   * @return the steps; the last one is good if and only if the login worked
   * @throws InterruptedException if the user gives up
   */
  public List<Step> run() throws InterruptedException {
    try (Callback callback = Callback.listen()) {
      Document metadata = step("resource metadata", this::metadata);
      Document server = step("authorization server", () -> server(metadata));
      String client = step("client", () -> client(server, callback.uri()));
      String verifier = random();
      String code = step("login", () -> code(server, client, verifier, callback));
      String token = step("token", () -> token(server, client, verifier, code, callback.uri()));
      step("initialize", () -> initialize(token));
      step("tools/list", () -> tools(token));
    } catch (Failed | IOException e) {
      // The last step says what went wrong.
    }
    return List.copyOf(steps);
  }

  private <T> T step(String what, Action<T> action)
      throws Failed, IOException, InterruptedException {
    long start = System.nanoTime();
    try {
      T result = action.run();
      String text =
          result instanceof Document document
              ? document.url()
              : what.equals("tools/list") || what.equals("client") ? result.toString() : "ok";
      steps.add(new Step(what, text, true, Duration.ofNanos(System.nanoTime() - start)));
      return result;
    } catch (Failed | IOException e) {
      String why = String.valueOf(e.getMessage());
      steps.add(new Step(what, why, false, Duration.ofNanos(System.nanoTime() - start)));
      throw e;
    }
  }

  private Document metadata() throws Failed {
    Document metadata =
        site.metadata().orElseThrow(() -> new Failed("there is no resource metadata"));
    if (!ResourceRule.PREFIX.accepts(site.url(), metadata.text("resource").orElse(""))) {
      throw new Failed("the metadata is about another resource");
    }
    return metadata;
  }

  private Document server(Document metadata) throws Failed {
    String issuer =
        metadata.texts("authorization_servers").stream()
            .findFirst()
            .orElseThrow(() -> new Failed("the metadata names no authorization server"));
    return AuthorizationServerMetadata.locations(issuer).stream()
        .map(URI::toString)
        .map(place -> Document.of(place, site.get(place)))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(() -> new Failed("there is no metadata of " + issuer));
  }

  private static URI endpoint(Document server, String name) throws Failed {
    try {
      return URI.create(server.text(name).orElseThrow(() -> new Failed("there is no " + name)));
    } catch (IllegalArgumentException e) {
      throw new Failed(name + " is no URL");
    }
  }

  private String client(Document server, String redirect) throws Failed {
    if (site.means().clientId().isPresent()) {
      return site.means().clientId().get();
    }
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("client_name", "Countersign doctor");
    metadata.put("redirect_uris", List.of(redirect));
    metadata.put("grant_types", List.of("authorization_code"));
    metadata.put("response_types", List.of("code"));
    metadata.put("token_endpoint_auth_method", "none");
    Answer answer =
        site.ask(
            Request.of("POST", endpoint(server, "registration_endpoint"))
                .withBody("application/json", Json.write(metadata)));
    return text(answer, "client_id")
        .filter(id -> answer.status() == 201 || answer.status() == 200)
        .orElseThrow(() -> new Failed("the registration is answered " + answer.status()));
  }

  private String code(Document server, String client, String verifier, Callback callback)
      throws Failed, IOException, InterruptedException {
    String state = random();
    Map<String, String> form = new LinkedHashMap<>();
    form.put("response_type", "code");
    form.put("client_id", client);
    form.put("redirect_uri", callback.uri());
    form.put("state", state);
    form.put("code_challenge", challenge(verifier));
    form.put("code_challenge_method", "S256");
    form.put("resource", site.resource());
    scope().ifPresent(scope -> form.put("scope", scope));
    URI login = endpoint(server, "authorization_endpoint");
    String separator = login.getRawQuery() == null ? "?" : "&";
    browser.open(URI.create(login + separator + encoded(form)));
    Map<String, String> answer = callback.await(PATIENCE);
    if (answer.containsKey("error")) {
      throw new Failed("the authorization server says " + answer.get("error"));
    }
    if (!state.equals(answer.get("state")) || !answer.containsKey("code")) {
      throw new Failed("no code came back within five minutes");
    }
    return answer.getOrDefault("code", "");
  }

  /** That of the challenge; if it names none, all that the metadata names. */
  private Optional<String> scope() {
    return site.bearer()
        .flatMap(one -> one.param("scope"))
        .or(
            () ->
                site.metadata()
                    .map(document -> String.join(" ", document.texts("scopes_supported"))))
        .filter(scope -> !scope.isEmpty());
  }

  private static Optional<String> text(Answer answer, String member) {
    return Document.read(answer.body())
        .map(members -> members.get(member))
        .filter(String.class::isInstance)
        .map(String.class::cast);
  }

  private String token(
      Document server, String client, String verifier, String code, String redirect) throws Failed {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", redirect);
    form.put("client_id", client);
    form.put("code_verifier", verifier);
    form.put("resource", site.resource());
    Answer answer =
        site.ask(
            Request.of("POST", endpoint(server, "token_endpoint"))
                .withBody("application/x-www-form-urlencoded", encoded(form)));
    return text(answer, "access_token")
        .filter(token -> answer.status() == 200)
        .orElseThrow(() -> new Failed("the token request is answered " + answer.status()));
  }

  private Answer initialize(String token) throws Failed {
    Answer answer =
        site.ask(Probe.INITIALIZE.to(site.url()).with("Authorization", "Bearer " + token));
    if (answer.status() != 200) {
      throw new Failed("the call with the token is answered " + answer.status());
    }
    return answer;
  }

  private String tools(String token) throws Failed {
    Request request =
        Request.of("POST", site.url())
            .with("Accept", "application/json, text/event-stream")
            .with("Authorization", "Bearer " + token)
            .with("MCP-Protocol-Version", "2025-11-25");
    Optional<String> session =
        site.ask(Probe.INITIALIZE.to(site.url()).with("Authorization", "Bearer " + token))
            .value("mcp-session-id");
    if (session.isPresent()) {
      request = request.with("Mcp-Session-Id", session.get());
    }
    Answer answer =
        site.ask(
            request.withBody(
                "application/json", "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/list\"}"));
    if (answer.status() != 200) {
      throw new Failed("the call is answered " + answer.status());
    }
    return "HTTP 200";
  }

  private static String random() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String challenge(String verifier) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
