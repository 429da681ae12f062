package dev.countersign.sample.authorizationserver;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A person with a browser: keeps cookies, follows redirects to the server, fills in its forms. */
public final class Browser {

  private static final Pattern FIELD =
      Pattern.compile("<input[^>]*?name=\"([^\"]+)\"[^>]*?value=\"([^\"]*)\"");
  private static final int MOST_STEPS = 10;

  private final HttpClient http =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager())
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final String server;
  private final List<String> visited = new ArrayList<>();

  private final boolean denies;
  private final String code;

  /**
   * A browser without cookies.
   *
   * @param server the authorization server
   */
  public Browser(String server) {
    this(server, false, SecondStep.CODE);
  }

  private Browser(String server, boolean denies, String code) {
    this.server = server;
    this.denies = denies;
    this.code = code;
  }

  /** Logs in, and presses the last button of the consent page. */
  static Browser whoDenies(String server) {
    return new Browser(server, true, SecondStep.CODE);
  }

  /** Logs in, and has another code for the second step. */
  static Browser whoMistypes(String server) {
    return new Browser(server, false, SecondStep.CODE + "0");
  }

  /**
   * Goes through login and consent.
   *
   * @param url the authorization request
   * @return the parameters of the redirect that leaves the server
   * @throws IOException if there is no such redirect
   * @throws InterruptedException if the thread is interrupted
   */
  public Map<String, String> authorize(String url) throws IOException, InterruptedException {
    HttpResponse<String> answer = get(url);
    for (int step = 0; step < MOST_STEPS; step++) {
      if (answer.statusCode() == 200) {
        answer = submit(answer);
        continue;
      }
      URI next =
          answer
              .headers()
              .firstValue("Location")
              .map(answer.uri()::resolve)
              .orElseThrow(() -> new IOException("no redirect from " + visited));
      if (!next.toString().startsWith(server)) {
        return parameters(next.getRawQuery());
      }
      answer = get(next.toString());
    }
    throw new IOException("no end after " + visited);
  }

  /** The paths seen so far. */
  List<String> visited() {
    return List.copyOf(visited);
  }

  HttpResponse<String> get(String url) throws IOException, InterruptedException {
    URI uri = URI.create(url);
    visited.add(uri.getPath());
    return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> submit(HttpResponse<String> page)
      throws IOException, InterruptedException {
    String form = page.body().substring(start(page.body()));
    form = form.substring(0, form.indexOf("</form>"));
    List<String> fields = new ArrayList<>();
    for (Matcher field = FIELD.matcher(form); field.find(); ) {
      fields.add(field.group(1) + "=" + encode(field.group(2)));
    }
    if (form.contains("name=\"password\"")) {
      fields.add("username=demo");
      fields.add("password=demo");
    }
    if (form.contains("name=\"code\"")) {
      fields.add("code=" + code);
    }
    Matcher action = Pattern.compile("action=\"([^\"]+)\"").matcher(form);
    String target = action.find() ? action.group(1) : page.uri().getPath();
    visited.add(target);
    return http.send(
        HttpRequest.newBuilder(page.uri().resolve(target))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(String.join("&", fields)))
            .build(),
        BodyHandlers.ofString());
  }

  private int start(String body) {
    return denies ? body.lastIndexOf("<form") : body.indexOf("<form");
  }

  static String form(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(parameter -> parameter.getKey() + "=" + encode(parameter.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> found = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      found.put(
          pair.substring(0, equals),
          URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return found;
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
