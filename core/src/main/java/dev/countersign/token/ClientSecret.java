package dev.countersign.token;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A secret or a private key of this resource server, as text. One in a file is read again whenever
 * it is used, so that it can be replaced while the server runs; while the file cannot be read, the
 * last good text serves on. Thread-safe.
 */
public final class ClientSecret {

  private static final int MAX_BYTES = 16 * 1024;

  private final Optional<Path> file;
  private volatile String last;

  private ClientSecret(Optional<Path> file, String text) {
    this.file = file;
    this.last = text;
  }

  /**
   * A secret that stays as it is.
   *
   * @param text the secret, not empty
   * @return the secret
   * @throws IllegalArgumentException if it is empty; no message holds anything of it
   */
  public static ClientSecret of(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("expected a secret that is not empty");
    }
    return new ClientSecret(Optional.empty(), text);
  }

  /**
   * A secret in a file, without the line break at its end.
   *
   * @param file a file in UTF-8 with at most 16 KiB
   * @return the secret
   * @throws IllegalArgumentException if the file cannot be read or holds nothing
   */
  public static ClientSecret file(Path file) {
    String text =
        read(file)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "expected a readable file in UTF-8 that is not empty, of at most "
                            + MAX_BYTES
                            + " bytes"));
    return new ClientSecret(Optional.of(file), text);
  }

  private static Optional<String> read(Path file) {
    try (var in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(MAX_BYTES + 1);
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      String line = text.replaceFirst("[\\r\\n]+\\z", "");
      return line.isEmpty() || content.length > MAX_BYTES ? Optional.empty() : Optional.of(line);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The secret as it is now. */
  String text() {
    Optional<String> now = file.flatMap(ClientSecret::read);
    now.ifPresent(text -> last = text);
    return now.orElse(last);
  }

  /** Prints nothing of the secret but its length, and nothing of a file but that it is one. */
  @Override
  public String toString() {
    return file.isPresent() ? "[file]" : "[" + last.length() + " characters]";
  }
}
