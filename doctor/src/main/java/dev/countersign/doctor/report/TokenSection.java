package dev.countersign.doctor.report;

import dev.countersign.doctor.token.TokenVerdict;

/** What would become of a token, on the page. */
final class TokenSection {

  private TokenSection() {}

  static void write(TokenVerdict verdict, Html page) {
    String style =
        switch (verdict.kind()) {
          case ACCEPTED, NOT_JUDGED -> "info";
          case MENDABLE, REFUSED -> "error";
        };
    page.raw("<h2>Token</h2><article class=\"" + style + "\"><h3>")
        .text(heading(verdict))
        .raw("</h3><p>")
        .text(verdict.reason())
        .raw("</p><dl>");
    entry(page, "Fits", verdict.profile().isEmpty() ? "" : "profile " + verdict.profile());
    entry(page, "Settings", String.join("\n", verdict.settings()));
    entry(page, "Notes", String.join("\n", verdict.notes()));
    page.raw("</dl>");
    if (!verdict.profiles().isEmpty()) {
      page.raw("<details><summary>What each profile makes of it</summary><table><tbody>");
      verdict
          .profiles()
          .forEach((name, what) -> page.raw("<tr><td>").text(name).raw("<td>").text(what));
      page.raw("</tbody></table></details>");
    }
    page.raw("</article>");
  }

  private static String heading(TokenVerdict verdict) {
    return Answers.ofToken(verdict)
        + (verdict.status() == 0 ? "" : "; this server answers " + verdict.status());
  }

  private static void entry(Html page, String name, String text) {
    if (!text.isEmpty()) {
      page.raw("<dt>" + name + "</dt><dd><pre>").text(text).raw("</pre></dd>");
    }
  }
}
