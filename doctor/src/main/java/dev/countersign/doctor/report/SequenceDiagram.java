package dev.countersign.doctor.report;

import dev.countersign.doctor.wire.Answer;
import dev.countersign.doctor.wire.Caller;
import dev.countersign.doctor.wire.Request;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The walk from the URL to the login as a drawing: who asks whom, and what comes back. */
final class SequenceDiagram {

  private static final int CLIENT = 90;
  private static final int SERVER = 400;
  private static final int ISSUER = 710;
  private static final int STEP = 52;
  private static final int MOST = 12;

  private SequenceDiagram() {}

  private record Arrow(int to, String question, String reply, boolean bad) {}

  static String of(Visit visit) {
    List<Arrow> arrows = arrows(visit);
    int height = 80 + arrows.size() * STEP;
    Html svg = new Html();
    svg.raw(
            "<svg role=\"img\" aria-label=\"Requests of a client in their order\" viewBox=\"0 0 800"
                + " ")
        .raw(height + "\" xmlns=\"http://www.w3.org/2000/svg\">")
        .raw(
            "<defs><marker id=\"head\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"8\"")
        .raw(" markerHeight=\"8\" orient=\"auto\"><path d=\"M0 0 8 4 0 8\"/></marker></defs>");
    lane(svg, CLIENT, "client", height);
    lane(svg, SERVER, "MCP server", height);
    lane(svg, ISSUER, "authorization server", height);
    for (int at = 0; at < arrows.size(); at++) {
      draw(svg, arrows.get(at), 70 + at * STEP);
    }
    return svg.raw("</svg>").toString();
  }

  // What every client does: the first probe, then whatever document was asked for. The doctor asks
  // more.
  private static List<Arrow> arrows(Visit visit) {
    List<Arrow> arrows = new ArrayList<>();
    boolean probed = false;
    for (Map.Entry<Request, Answer> one : visit.asked().entrySet()) {
      Request request = one.getKey();
      boolean document =
          request.method().equals("GET") && request.url().getRawPath().contains("/.well-known/");
      boolean probe = !probed && request.body().contains("initialize");
      if ((probe || (document && one.getValue().status() == 200)) && arrows.size() < MOST) {
        arrows.add(arrow(visit.url(), request, one.getValue()));
        probed |= probe;
      }
    }
    return arrows;
  }

  private static Arrow arrow(URI site, Request request, Answer answer) {
    int to = Caller.sameOrigin(site, request.url()) ? SERVER : ISSUER;
    boolean probe = request.method().equals("POST");
    boolean bad = answer.status() != (probe ? 401 : 200);
    String question =
        probe ? "POST initialize" : request.method() + " " + shortened(request.url().getRawPath());
    String what = answer.status() == 0 ? "no answer" : String.valueOf(answer.status());
    String more = probe && !answer.values("www-authenticate").isEmpty() ? " + challenge" : "";
    return new Arrow(to, question, what + more, bad);
  }

  private static String shortened(String path) {
    String brief = path.replace("/.well-known/", "…/");
    return brief.length() > 46 ? brief.substring(0, 45) + "…" : brief;
  }

  private static void lane(Html svg, int x, String name, int height) {
    svg.raw("<rect x=\"" + (x - 80) + "\" y=\"8\" width=\"160\" height=\"28\" rx=\"4\"/>")
        .raw("<text text-anchor=\"middle\" x=\"" + x + "\" y=\"27\">")
        .text(name)
        .raw("</text><line x1=\"" + x + "\" y1=\"36\" x2=\"" + x + "\" y2=\"" + (height - 8))
        .raw("\" stroke-dasharray=\"3 4\"/>");
  }

  private static void draw(Html svg, Arrow arrow, int y) {
    String bad = arrow.bad() ? " class=\"bad\"" : "";
    int middle = (CLIENT + arrow.to()) / 2;
    line(svg, CLIENT, arrow.to(), y, "");
    label(svg, middle, y - 5, arrow.question(), "");
    line(svg, arrow.to(), CLIENT, y + 22, bad);
    label(svg, middle, y + 18, arrow.reply(), arrow.bad() ? bad : " class=\"dim\"");
  }

  private static void line(Html svg, int from, int to, int y, String style) {
    svg.raw("<line" + style + " x1=\"" + from + "\" y1=\"" + y + "\" x2=\"" + to + "\" y2=\"" + y)
        .raw("\" marker-end=\"url(#head)\"/>");
  }

  private static void label(Html svg, int x, int y, String text, String style) {
    svg.raw("<text text-anchor=\"middle\"" + style + " x=\"" + x + "\" y=\"" + y + "\">")
        .text(text)
        .raw("</text>");
  }
}
