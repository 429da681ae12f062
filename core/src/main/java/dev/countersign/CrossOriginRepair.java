package dev.countersign;

import dev.countersign.http.FieldLine;
import dev.countersign.spi.Exchange;
import dev.countersign.spi.ResponseHead;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The CORS fields (Fetch section 3.3) without which the page of an allowed origin can read neither
 * an answer nor the challenge in it. What the application says itself stays: where it lets another
 * origin in, or nobody, nothing is added.
 */
final class CrossOriginRepair {

  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
  private static final String EXPOSE = "Access-Control-Expose-Headers";
  private static final String CREDENTIALS = "Access-Control-Allow-Credentials";
  private static final String VARY = "Vary";

  private final Origins origins;

  CrossOriginRepair(Origins origins) {
    this.origins = origins;
  }

  void addTo(List<Change> changes, Exchange exchange, ResponseHead head) {
    List<String> requested = exchange.headers("Origin");
    if (requested.size() != 1) {
      return;
    }
    if (origins.isPreflight(exchange)) {
      preflight(changes, exchange, head);
      return;
    }
    List<FieldLine> ours = origins.fields(exchange);
    boolean refused = head.status() == 401 || head.status() == 403;
    if (!ours.isEmpty()) {
      answer(changes, requested.get(0), ours, head);
    } else if (refused && isOpenTo(requested.get(0), head.headers(ALLOW_ORIGIN))) {
      expose(changes, "WWW-Authenticate", head);
    }
  }

  private static void answer(
      List<Change> changes, String origin, List<FieldLine> ours, ResponseHead head) {
    List<String> allowed = head.headers(ALLOW_ORIGIN);
    // Of several, browsers take none.
    boolean missing = allowed.size() != 1;
    if (missing) {
      allow(changes, origin, head);
    }
    if (missing || isOpenTo(origin, allowed)) {
      ours.stream()
          .filter(field -> field.name().equals(EXPOSE))
          .forEach(field -> expose(changes, field.value(), head));
    }
  }

  private static boolean isOpenTo(String origin, List<String> allowed) {
    return allowed.size() == 1 && (allowed.get(0).equals("*") || allowed.get(0).equals(origin));
  }

  private static void allow(List<Change> changes, String origin, ResponseHead head) {
    changes.add(Change.of(ALLOW_ORIGIN, head.headers(ALLOW_ORIGIN), List.of(origin)));
    Set<String> varies = names(head.headers(VARY));
    if (!varies.contains("origin") && !varies.contains("*")) {
      List<String> lines = new ArrayList<>(head.headers(VARY));
      lines.add("Origin");
      changes.add(Change.of(VARY, head.headers(VARY), List.copyOf(lines)));
    }
  }

  private static void expose(List<Change> changes, String wanted, ResponseHead head) {
    List<String> lines = head.headers(EXPOSE);
    Set<String> exposed = names(lines);
    // With credentials an asterisk is an ordinary name (Fetch section 3.3.5).
    if (exposed.contains("*") && head.headers(CREDENTIALS).isEmpty()) {
      return;
    }
    List<String> all = new ArrayList<>(lines);
    Arrays.stream(wanted.split(", "))
        .filter(name -> !exposed.contains(name.toLowerCase(Locale.ROOT)))
        .forEach(all::add);
    if (all.size() > lines.size()) {
      changes.add(Change.of(EXPOSE, lines, List.of(String.join(", ", all))));
    }
  }

  // A preflight that the application refuses stays refused: its status is not changed here.
  private void preflight(List<Change> changes, Exchange exchange, ResponseHead head) {
    boolean answered = head.status() >= 200 && head.status() < 300;
    if (!answered || !head.headers(ALLOW_ORIGIN).isEmpty()) {
      return;
    }
    allow(changes, exchange.headers("Origin").get(0), head);
    for (FieldLine field : origins.preflight(exchange, List.of()).fields()) {
      if (field.name().startsWith("Access-Control-") && head.headers(field.name()).isEmpty()) {
        changes.add(Change.of(field.name(), List.of(), List.of(field.value())));
      }
    }
  }

  private static Set<String> names(List<String> lines) {
    Set<String> names = new HashSet<>();
    for (String line : lines) {
      for (String name : line.split(",")) {
        names.add(name.strip().toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }
}
