package dev.countersign.doctor.report;

import dev.countersign.doctor.check.Finding;
import dev.countersign.doctor.check.Severity;
import dev.countersign.doctor.client.Replay;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The findings as one page that needs nothing else: no script, no network, no font. */
public final class HtmlReport {

  private HtmlReport() {}

  /**
   * Writes the page.
   *
   * @param visit what was found
   * @return a document in UTF-8
   */
  public static String of(Visit visit) {
    Html page = new Html();
    page.raw("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';")
        .raw(" style-src 'unsafe-inline'\">")
        .raw("<title>")
        .text("Countersign doctor: " + visit.url())
        .raw("</title><style>")
        .raw(style())
        .raw("</style></head><body><main>");
    heading(visit, page);
    typical(visit).ifPresent(replay -> diagram(replay, page));
    page.raw("<h2>Findings</h2>");
    if (visit.findings().isEmpty()) {
      page.raw("<p>None.</p>");
    }
    for (Severity severity : Severity.values()) {
      visit.findings().stream()
          .filter(finding -> finding.severity() == severity)
          .forEach(finding -> finding(finding, page));
    }
    visit.token().ifPresent(verdict -> TokenSection.write(verdict, page));
    clients(visit, page);
    requests(visit, page);
    return page.raw("</main></body></html>\n").toString();
  }

  /** The first client that stops; if none does, the first one. */
  private static Optional<Replay> typical(Visit visit) {
    Optional<Replay> stopped =
        visit.clients().stream().filter(replay -> replay.stopped().isPresent()).findFirst();
    return stopped.or(() -> visit.clients().stream().findFirst());
  }

  private static void diagram(Replay replay, Html page) {
    page.raw("<h2>What ")
        .text(replay.client().title())
        .raw(" does</h2><figure>")
        .raw(SequenceDiagram.of(replay))
        .raw("</figure>");
  }

  private static String style() {
    try (InputStream css = HtmlReport.class.getResourceAsStream("report.css")) {
      return new String(
          Objects.requireNonNull(css, "report.css").readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot happen in a jar", e);
    }
  }

  private static void heading(Visit visit, Html page) {
    boolean good = visit.exitCode() == 0;
    page.raw("<p class=\"dim\">Countersign doctor</p><h1>")
        .text(visit.url().toString())
        .raw("</h1>");
    page.raw("<p class=\"verdict " + (good ? "good" : "error") + "\">")
        .text(sentence(Answers.verdict(visit)))
        .raw("</p><p class=\"dim\">")
        .text(
            Stream.of(Severity.values())
                .map(severity -> counted(visit.count(severity), word(severity)))
                .collect(Collectors.joining(", ")))
        .text("; " + counted(visit.asked().size(), "request"))
        .text(", " + visit.at().truncatedTo(ChronoUnit.SECONDS))
        .raw("</p>");
  }

  private static String sentence(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".";
  }

  private static String word(Severity severity) {
    return severity == Severity.INFO ? "note" : JsonReport.name(severity);
  }

  private static String counted(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  private static void finding(Finding finding, Html page) {
    page.raw("<article class=\"" + JsonReport.name(finding.severity()) + "\"><h3><b>")
        .text(word(finding.severity()))
        .raw("</b> ")
        .text(finding.check() + " ")
        .text(finding.check().title())
        .raw(" <span>")
        .text(String.join(" ", finding.check().requirements()))
        .raw("</span></h3><p>")
        .text(finding.message())
        .raw("</p><dl>");
    entry(page, "Seen", finding.seen(), true);
    entry(page, "Expected", finding.expected(), true);
    entry(page, "Hurts", String.join(", ", finding.clients()), false);
    entry(page, "Mend", finding.remedy(), true);
    page.raw("</dl></article>");
  }

  private static void entry(Html page, String name, String text, boolean literal) {
    if (!text.isEmpty()) {
      page.raw("<dt>" + name + "</dt><dd>" + (literal ? "<pre>" : ""))
          .text(text)
          .raw((literal ? "</pre>" : "") + "</dd>");
    }
  }

  private static void clients(Visit visit, Html page) {
    long reach = visit.clients().stream().filter(one -> one.stopped().isEmpty()).count();
    page.raw("<h2>Clients</h2><p>")
        .text(reach + " of " + counted(visit.clients().size(), "client") + " get to the login.")
        .raw("</p><table><thead><tr><th>Client<th>Gets to</thead><tbody>");
    for (Replay replay : visit.clients()) {
      boolean login = replay.stopped().isEmpty();
      page.raw("<tr><td class=\"client\">")
          .text(replay.client().title())
          .raw("<td><p class=\"" + (login ? "good\">" : "error\">"))
          .text(replay.stopped().map(why -> "stops: " + why).orElse("the login"))
          .raw("</p><details><summary>" + replay.steps().size() + " steps</summary><pre>")
          .text(String.join("\n", replay.steps()))
          .raw("</pre></details>");
    }
    page.raw("</tbody></table>");
  }

  private static void requests(Visit visit, Html page) {
    page.raw("<h2>Requests</h2><details><summary>")
        .text("All " + visit.asked().size() + " requests and what came back")
        .raw("</summary><table><thead><tr><th>Request<th>Answer</thead><tbody>");
    visit
        .asked()
        .forEach(
            (request, answer) ->
                page.raw("<tr><td><pre>")
                    .text(request.toString())
                    .raw("</pre><td>")
                    .text(answer.status() == 0 ? "none" : String.valueOf(answer.status())));
    page.raw("</tbody></table></details>");
  }
}
