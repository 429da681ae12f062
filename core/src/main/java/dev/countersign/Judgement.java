package dev.countersign;

import dev.countersign.http.FieldLine;
import dev.countersign.oauth.Decision;
import java.util.List;

/**
 * A decision, and what the response has to carry beside its answer. Immutable.
 *
 * @param decision what was decided
 * @param fields a new DPoP nonce, if there is one for this client
 */
record Judgement(Decision decision, List<FieldLine> fields) {

  static Judgement of(Decision decision) {
    return new Judgement(decision, List.of());
  }

  boolean admits() {
    return decision instanceof Decision.Granted || decision instanceof Decision.Open;
  }
}
