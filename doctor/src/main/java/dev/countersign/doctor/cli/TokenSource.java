package dev.countersign.doctor.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Where an access token comes from. */
final class TokenSource {

  private static final int MOST = 1 << 16;

  // b64token = 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"=" (RFC 6750 section 2.1)
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]++=*+");

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description =
          "Looks into this access token, tries it, and prints it nowhere. Other users of the"
              + " machine can see it here; better use a file.")
  private Optional<String> token = Optional.empty();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "The same with a token from a file; - is the standard input.")
  private Optional<String> file = Optional.empty();

  /** For the command line. */
  TokenSource() {}

  /**
   * The token.
   *
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if there is none; the message holds nothing of it
   */
  String read() throws IOException {
    String text = text().strip();
    String bare = text.regionMatches(true, 0, "Bearer ", 0, 7) ? text.substring(7).strip() : text;
    if (!TOKEN.matcher(bare).matches()) {
      throw new IllegalArgumentException(
          bare.isEmpty()
              ? "there is no token in it"
              : "what is there is no token: expected one line of letters, digits and -._~+/=");
    }
    return bare;
  }

  private String text() throws IOException {
    if (token.isPresent()) {
      return token.get();
    }
    String name = file.orElse("-");
    return name.equals("-")
        ? new String(System.in.readNBytes(MOST), StandardCharsets.UTF_8)
        : Files.readString(Path.of(name));
  }
}
