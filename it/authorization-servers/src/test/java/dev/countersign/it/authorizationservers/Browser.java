package dev.countersign.it.authorizationservers;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A person with a browser and the user {@code demo}: follows redirects and fills in forms. */
final class Browser {

  private static final Pattern INPUT = Pattern.compile("<input\\b[^>]*>");
  private static final Pattern ACTION = Pattern.compile("\\baction=\"([^\"]*)\"");
  private static final int MOST_STEPS = 15;

  private final HttpClient http = HttpClient.newHttpClient();

  // For one server only. Cookies for https are kept as well: browsers take the loopback for secure.
  private final Map<String, String> cookies = new LinkedHashMap<>();

  /** Goes through login and consent to the redirect that leaves the server. */
  Map<String, String> authorize(String url, String redirect) throws Exception {
    HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(url)));
    for (int step = 0; step < MOST_STEPS; step++) {
      Optional<String> location = answer.headers().firstValue("Location");
      if (location.isEmpty()) {
        answer = submit(answer);
        continue;
      }
      URI next = answer.uri().resolve(location.get());
      if (next.toString().startsWith(redirect)) {
        return parameters(next.getRawQuery());
      }
      answer = send(HttpRequest.newBuilder(next));
    }
    throw new IOException("no end of redirects at " + answer.uri());
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
    answer.headers().allValues("Set-Cookie").forEach(this::keep);
    return answer;
  }

  private void keep(String field) {
    String pair = field.split(";", 2)[0];
    int equals = pair.indexOf('=');
    String value = pair.substring(equals + 1);
    if (value.isEmpty()) {
      cookies.remove(pair.substring(0, equals));
    } else {
      cookies.put(pair.substring(0, equals), value);
    }
  }

  private HttpResponse<String> submit(HttpResponse<String> page) throws Exception {
    int start = page.body().indexOf("<form");
    if (page.statusCode() != 200 || start < 0) {
      throw new IOException(page.statusCode() + " without a form at " + page.uri());
    }
    String form = page.body().substring(start, page.body().indexOf("</form>", start));
    Map<String, String> fields = new LinkedHashMap<>();
    INPUT.matcher(form).results().forEach(input -> fill(input.group(), fields));
    Matcher action = ACTION.matcher(form);
    String target = action.find() ? unescaped(action.group(1)) : page.uri().toString();
    return send(
        HttpRequest.newBuilder(page.uri().resolve(target))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form(fields))));
  }

  private static void fill(String input, Map<String, String> fields) {
    Optional<String> name = attribute(input, "name");
    if (name.isEmpty()) {
      return;
    }
    boolean credential =
        name.get().equals("username")
            || name.get().equals("login")
            || name.get().equals("password");
    if (credential) {
      fields.put(name.get(), "demo");
    } else {
      attribute(input, "value").ifPresent(value -> fields.put(name.get(), value));
    }
  }

  private static Optional<String> attribute(String tag, String name) {
    Matcher found = Pattern.compile("\\s" + name + "=\"([^\"]*)\"").matcher(tag);
    return found.find() ? Optional.of(unescaped(found.group(1))) : Optional.empty();
  }

  private static String unescaped(String text) {
    return text.replace("&quot;", "\"").replace("&#x3D;", "=").replace("&amp;", "&");
  }

  static String form(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
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
}
