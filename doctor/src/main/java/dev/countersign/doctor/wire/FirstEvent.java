package dev.countersign.doctor.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What the first event of a stream says (HTML Living Standard, server-sent events). */
final class FirstEvent {

  private static final int MOST = 1 << 20;

  private FirstEvent() {}

  /** The data of the first event that has some; empty if none comes in time. */
  static String of(InputStream stream, Duration patience) {
    CompletableFuture<String> event = new CompletableFuture<>();
    Thread reader = new Thread(() -> event.complete(read(stream)), "doctor-events");
    reader.setDaemon(true);
    reader.start();
    try {
      return event.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    } catch (ExecutionException | TimeoutException e) {
      return "";
    }
  }

  private static String read(InputStream stream) {
    StringBuilder data = new StringBuilder();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if ((line.isEmpty() && !data.isEmpty()) || data.length() > MOST) {
          break;
        }
        if (line.startsWith("data:")) {
          data.append(line.substring(5).stripLeading());
        }
      }
    } catch (IOException e) {
      // What has come is enough.
    }
    return data.toString();
  }
}
