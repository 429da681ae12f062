package dev.countersign.doctor.report;

import dev.countersign.doctor.check.Finding;
import dev.countersign.doctor.check.Severity;
import dev.countersign.doctor.client.Replay;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

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
        .raw("</style></head><body>");
    heading(visit, page);
    page.raw("<h2>What a client does</h2><figure>")
        .raw(SequenceDiagram.of(visit))
        .raw("</figure><h2>Findings</h2>");
    for (Severity severity : Severity.values()) {
      visit.findings().stream()
          .filter(finding -> finding.severity() == severity)
          .forEach(finding -> finding(finding, page));
    }
    clients(visit, page);
    requests(visit, page);
    return page.raw("</body></html>\n").toString();
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
    long errors = visit.count(Severity.ERROR);
    page.raw("<h1>").text(visit.url().toString()).raw("</h1>");
    page.raw("<p class=\"verdict " + (errors > 0 ? "error" : "good") + "\">")
        .text(
            errors > 0
                ? "Some clients cannot log in."
                : "Clients can log in, as far as can be seen from outside.")
        .raw("</p><p class=\"dim\">")
        .text(
            errors
                + " errors, "
                + visit.count(Severity.WARNING)
                + " warnings, "
                + visit.count(Severity.INFO)
                + " notes; "
                + visit.asked().size()
                + " requests, "
                + visit.at())
        .raw("</p>");
  }

  private static void finding(Finding finding, Html page) {
    page.raw("<article class=\"" + JsonReport.name(finding.severity()) + "\"><h3>")
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
    page.raw("<h2>Clients</h2><table><thead><tr><th>Client<th>Gets to<th>Steps</thead><tbody>");
    for (Replay replay : visit.clients()) {
      boolean login = replay.stopped().isEmpty();
      page.raw("<tr><td>")
          .text(replay.client().title())
          .raw("<td class=\"" + (login ? "good\">" : "error\">"))
          .text(replay.stopped().map(why -> "stops: " + why).orElse("the login"))
          .raw("<td><details><summary>" + replay.steps().size() + " steps</summary><pre>")
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
