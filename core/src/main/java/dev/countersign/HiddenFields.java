package dev.countersign;

import dev.countersign.config.Hardening;
import dev.countersign.oauth.Decision;
import java.util.List;
import java.util.stream.Stream;

/** Which fields of an admitted request the application does not see. */
final class HiddenFields {

  private final List<String> always;
  private final List<String> withToken;

  HiddenFields(Hardening hardening) {
    this.always = hardening.strippedHeaders();
    this.withToken =
        hardening.exposeAuthorization()
            ? always
            // A copy that is not copied again for each request.
            : List.copyOf(
                Stream.concat(Stream.of("Authorization", "DPoP"), always.stream()).toList());
  }

  /** Credentials are hidden once they have served; those that nobody asked for may be others'. */
  List<String> of(Decision admitting) {
    return admitting instanceof Decision.Granted ? withToken : always;
  }
}
