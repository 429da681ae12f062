package dev.countersign.doctor.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where an access token comes from. */
final class TokenSource {

  private static final int MOST = 1 << 16;

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

  String read() throws IOException {
    if (token.isPresent()) {
      return token.get().strip();
    }
    String name = file.orElse("-");
    return name.equals("-")
        ? new String(System.in.readNBytes(MOST), StandardCharsets.UTF_8).strip()
        : Files.readString(Path.of(name)).strip();
  }
}
