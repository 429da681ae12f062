package dev.countersign;

import dev.countersign.config.Hardening;
import dev.countersign.http.FieldNames;
import dev.countersign.oauth.Decision;

/** Which fields of an admitted request the application does not see. */
final class HiddenFields {

  private final FieldNames always;
  private final FieldNames withToken;

  HiddenFields(Hardening hardening) {
    this.always = FieldNames.of(hardening.strippedHeaders());
    this.withToken =
        hardening.exposeAuthorization() ? always : always.and("Authorization").and("DPoP");
  }

  /** Credentials are hidden once they have served; those that nobody asked for may be others'. */
  FieldNames of(Decision admitting) {
    return admitting instanceof Decision.Granted ? withToken : always;
  }
}
