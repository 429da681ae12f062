package dev.countersign.doctor.report;

import dev.countersign.doctor.client.Replay;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What one client does, from the URL to the login or to where it stops, as a drawing. */
final class SequenceDiagram {

  // Narrow, so that the text can still be read when a phone scales it down.
  private static final int WIDTH = 400;
  private static final int CLIENT = 62;
  private static final int SERVER = 200;
  private static final int ISSUER = 338;
  private static final int MARGIN = 8;
  private static final int TOP = 56;
  private static final int EXCHANGE = 40;
  private static final int NOTE = 16;
  private static final int MOST = 12;

  /** How many characters fit: a label between two lanes, one between the outer lanes, a note. */
  private static final int NEAR = 38;

  private static final int FAR = 54;
  private static final int LONG = 64;

  /** A step that was answered: what was asked, where it was looked for, and the status. */
  private static final Pattern ANSWERED = Pattern.compile("(.+?)( \\(.+\\))?: (\\d+)");

  private static final Pattern ORIGIN = Pattern.compile("https?://[^/ ]+");
  private static final String READS_URL = "reads metadata URL";
  private static final String OPENS = "opens ";

  private final Html svg = new Html();
  private int y = TOP;

  private SequenceDiagram() {}

  static String of(Replay replay) {
    SequenceDiagram diagram = new SequenceDiagram();
    List<String> steps = new ArrayList<>(replay.steps());
    // The request for the URL tells as much.
    steps.removeIf(step -> step.startsWith(READS_URL));
    steps.stream().limit(MOST).forEach(diagram::step);
    if (steps.size() > MOST) {
      diagram.note("… and " + (steps.size() - MOST) + " steps more", "dim");
    }
    replay
        .stopped()
        .ifPresentOrElse(
            why -> diagram.note("stops: " + why, "bad"),
            () -> diagram.note("The user can log in.", "good"));
    return diagram.framed(replay.client().title());
  }

  private String framed(String client) {
    Html frame = new Html();
    frame
        .raw("<svg role=\"img\" aria-label=\"The requests of ")
        .text(client)
        .raw(" in their order\" viewBox=\"0 0 " + WIDTH + " " + y + "\"")
        .raw(" xmlns=\"http://www.w3.org/2000/svg\"><defs><marker id=\"head\" viewBox=\"0 0 8 8\"")
        .raw(" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\">")
        .raw("<path d=\"M0 0 8 4 0 8\"/></marker></defs>");
    lane(frame, CLIENT, client);
    lane(frame, SERVER, "MCP server");
    lane(frame, ISSUER, "authorization server");
    return frame.raw(svg.toString()).raw("</svg>").toString();
  }

  private void lane(Html frame, int x, String name) {
    frame
        .raw("<rect x=\"" + (x - 58) + "\" y=\"4\" width=\"116\" height=\"24\" rx=\"3\"/>")
        .raw("<text class=\"lane\" text-anchor=\"middle\" x=\"" + x + "\" y=\"20\">")
        .text(name)
        .raw("</text><line x1=\"" + x + "\" y1=\"28\" x2=\"" + x + "\" y2=\"" + (y - 4))
        .raw("\" stroke-dasharray=\"2 3\"/>");
  }

  private void step(String step) {
    Matcher answered = ANSWERED.matcher(step);
    if (answered.matches()) {
      exchange(answered);
    } else if (step.startsWith(OPENS)) {
      arrow(CLIENT, ISSUER, shortened(step, FAR), "");
      y += EXCHANGE / 2 + 4;
    } else {
      note(step, "bad");
    }
  }

  // A document of the resource is looked for at a place that has a name; one of the authorization
  // server is not.
  private void exchange(Matcher answered) {
    boolean document = answered.group(1).contains("://");
    boolean named = answered.group(2) != null;
    int to = document && !named ? ISSUER : SERVER;
    String status = answered.group(3);
    boolean bad = !status.equals(document || named ? "200" : "401");
    arrow(CLIENT, to, shortened(answered.group(1), to == ISSUER ? FAR : NEAR), "");
    y += EXCHANGE / 2 - 3;
    arrow(to, CLIENT, status.equals("0") ? "no answer" : status, bad ? "bad" : "dim");
    y += EXCHANGE / 2 + 3;
  }

  private void arrow(int from, int to, String label, String style) {
    svg.raw("<line class=\"" + style + "\" x1=\"" + from + "\" y1=\"" + y + "\" x2=\"" + to)
        .raw("\" y2=\"" + y + "\" marker-end=\"url(#head)\"/>");
    text("middle", (from + to) / 2, y - 5, label, style);
  }

  private void note(String note, String style) {
    for (String line : lines(note)) {
      text("start", MARGIN, y - 4, line, style);
      y += NOTE;
    }
    y += MARGIN;
  }

  private void text(String anchor, int x, int baseline, String text, String style) {
    svg.raw("<text class=\"" + style + "\" text-anchor=\"" + anchor + "\" x=\"" + x)
        .raw("\" y=\"" + baseline + "\">")
        .text(text)
        .raw("</text>");
  }

  private static String shortened(String question, int most) {
    String brief = ORIGIN.matcher(question).replaceFirst("").replace("/.well-known/", "…/");
    return brief.length() > most ? brief.substring(0, most - 1) + "…" : brief;
  }

  private static List<String> lines(String note) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : note.split(" ")) {
      if (line.length() > 0 && line.length() + word.length() >= LONG) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() > 0 ? " " : "").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
