package dev.countersign.it.mcpsdk;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Makes bodies that are calls of a tool, nearly so, or broken. Not thread-safe. */
final class BodyGrammar {

  private static final List<String> METHODS =
      List.of(
          "tools/call",
          "tools/call",
          "tools/call",
          "prompts/get",
          "resources/read",
          "resources/subscribe",
          "completion/complete",
          "subscriptions/listen",
          "ping",
          "tools/list",
          "Tools/call",
          "tools/call ",
          "notifications/initialized",
          "");

  private static final List<String> NAMES =
      List.of(
          "safe",
          "admin",
          "Admin",
          "admin ",
          "\u0430dmin",
          "a\u0301",
          "\u00e1",
          "\uD83D\uDE00",
          "");

  private static final List<String> SCALARS =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "-0",
          "1",
          "-1",
          "1.0",
          "1.50",
          "1e3",
          "1E-7",
          "-0.0",
          "100.00000000000000000001",
          "0.1000000000000000055511151231257827",
          "9007199254740993",
          "9223372036854775807",
          "9223372036854775808",
          "123456789012345678901234567890",
          "12345678901234567890e0",
          "1e308",
          "9e308",
          "1e400",
          "1e-400",
          "4.9e-324",
          "01",
          "+1",
          "1.",
          ".5",
          "NaN",
          "Infinity",
          "0x1",
          "1_000",
          "'x'",
          "tru",
          "nul");

  private static final List<Charset> CHARSETS =
      List.copyOf(
          Charset.availableCharsets().values().stream().filter(Charset::canEncode).toList());

  private static final List<String> SPACES = List.of("", "", "", "", " ", "\n", "\r\n", "\t");
  private static final List<String> BLANKS =
      List.of(
          "", "", "", "", "\uFEFF", "\u00a0", "\f", "\0", "//x\n", "/**/", "#\n", "\u2028",
          "\u000b");

  private final Random random;

  BodyGrammar(Random random) {
    this.random = random;
  }

  /** A body. */
  byte[] body() {
    String text = document();
    byte[] bytes =
        chance(40) ? text.getBytes(pick(CHARSETS)) : text.getBytes(StandardCharsets.UTF_8);
    return chance(8) ? changed(bytes) : bytes;
  }

  private String document() {
    String text =
        chance(20) ? "[" + message() + (chance(2) ? "," + message() : "") + "]" : message();
    String before = chance(30) ? pick(BLANKS) : pick(SPACES);
    String after =
        chance(30) ? pick(List.of("x", "{}", text, ",", "]", "\0", "\u0000{}")) : pick(SPACES);
    return before + text + after;
  }

  private String message() {
    List<String> members = new ArrayList<>();
    member(members, "jsonrpc", () -> chance(30) ? value(1) : "\"2.0\"");
    member(members, "id", this::id);
    member(members, "method", () -> chance(30) ? value(1) : string(pick(METHODS)));
    member(members, "params", this::params);
    if (chance(12)) {
      members.add(
          name(pick(List.of("result", "error", "name", "Method", "params.name", "x")))
              + ":"
              + value(2));
    }
    return object(members);
  }

  private String id() {
    return chance(6) ? value(1) : pick(List.of("1", "\"a\"", "0", "-5"));
  }

  private String params() {
    if (chance(25)) {
      return value(2);
    }
    List<String> members = new ArrayList<>();
    member(members, "name", () -> chance(15) ? value(1) : string(pick(NAMES)));
    member(members, "arguments", () -> chance(15) ? value(2) : arguments());
    if (chance(3)) {
      members.add(name("uri") + ":" + (chance(10) ? value(1) : string("file:///" + pick(NAMES))));
    }
    if (chance(6)) {
      members.add(
          name(pick(List.of("_meta", "ref", "notifications", "Name", "argument")))
              + ":"
              + value(3));
    }
    return object(members);
  }

  private String arguments() {
    List<String> members = new ArrayList<>();
    for (int count = random.nextInt(4); count > 0; count--) {
      members.add(
          name(pick(List.of("a", "b", "amount", "name", "type", "@type", "@class", "")))
              + ":"
              + value(3));
    }
    return object(members);
  }

  // Mostly once, sometimes not at all or twice.
  private void member(
      List<String> members, String name, java.util.function.Supplier<String> value) {
    int count = chance(25) ? 0 : chance(25) ? 2 : 1;
    for (int at = 0; at < count; at++) {
      members.add(name(name) + pick(SPACES) + ":" + pick(SPACES) + value.get());
    }
  }

  private String object(List<String> members) {
    if (chance(3)) {
      Collections.shuffle(members, random);
    }
    String comma = chance(60) ? pick(List.of(",,", ";", " ", ", ,")) : ",";
    String end = chance(60) ? pick(List.of(",}", "", "]", "}}")) : "}";
    return "{" + pick(SPACES) + String.join(comma + pick(SPACES), members) + pick(SPACES) + end;
  }

  private String value(int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 4)) {
      case 0, 1 -> pick(SCALARS);
      case 2, 3 -> string(pick(NAMES));
      case 4 -> "[" + value(depth - 1) + (chance(2) ? "," + value(depth - 1) : "") + "]";
      case 5 -> "[]";
      case 6 -> chance(300) ? "[".repeat(70) + "]".repeat(70) : "{}";
      default -> {
        List<String> members = new ArrayList<>();
        for (int count = random.nextInt(3); count > 0; count--) {
          members.add(
              name(pick(List.of("name", "type", "uri", "x", "resourceSubscriptions")))
                  + ":"
                  + value(depth - 1));
        }
        yield object(members);
      }
    };
  }

  private String name(String text) {
    return chance(80) ? text : string(text);
  }

  private String string(String text) {
    if (chance(60)) {
      return pick(
          List.of(
              "\"\\ud800\"",
              "\"\\x41\"",
              "\"a\nb\"",
              "\"a\tb\"",
              "\"\\u00e\"",
              "\"",
              "\"\\a\"",
              "\"\u007f\""));
    }
    StringBuilder quoted = new StringBuilder("\"");
    for (char one : text.toCharArray()) {
      switch (chance(8) ? random.nextInt(2) : 2) {
        case 0 -> quoted.append(String.format("\\u%04x", (int) one));
        case 1 -> quoted.append(one == '/' ? "\\/" : String.format("\\u%04X", (int) one));
        default -> quoted.append(one);
      }
    }
    return quoted.append('"').toString();
  }

  private byte[] changed(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
    out.write(bytes, 0, at);
    switch (random.nextInt(6)) {
      case 0 -> out.write(random.nextInt(256));
      case 1 ->
          out.write(bytes, Math.min(at + 1, bytes.length), Math.max(bytes.length - at - 1, 0));
      case 2 -> out.writeBytes(new byte[] {(byte) 0xC0, (byte) (0x80 + random.nextInt(64))});
      case 3 -> out.writeBytes(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80});
      case 4 -> out.write(0);
      default -> out.writeBytes(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
    }
    out.write(bytes, at, bytes.length - at);
    return out.toByteArray();
  }

  private boolean chance(int one) {
    return random.nextInt(one) == 0;
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
