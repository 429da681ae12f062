package dev.countersign.benchmarks;

import dev.countersign.http.Response;
import dev.countersign.spi.Admission;
import dev.countersign.spi.Exchange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request without a server around it. The field is a new text on every request, as it is with a
 * server. Used by one thread.
 */
final class Call implements Exchange {

  private final byte @Nullable [] authorization;
  private @Nullable Object outcome;

  Call(@Nullable String authorization) {
    this.authorization =
        authorization == null ? null : authorization.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public String method() {
    return "POST";
  }

  @Override
  public String path() {
    return "/mcp";
  }

  @Override
  public String query() {
    return "";
  }

  @Override
  public List<String> headers(String name) {
    return authorization != null && name.equalsIgnoreCase("Authorization")
        ? List.of(new String(authorization, StandardCharsets.ISO_8859_1))
        : List.of();
  }

  @Override
  public void send(Response response) {
    outcome = response;
  }

  @Override
  public void accept(Admission admission) {
    outcome = admission;
  }

  @Nullable Object outcome() {
    return outcome;
  }
}
