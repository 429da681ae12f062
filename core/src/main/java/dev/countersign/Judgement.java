package dev.countersign;

import dev.countersign.http.FieldLine;
import dev.countersign.oauth.Decision;
import dev.countersign.spi.BodyFilter;
import java.util.List;
import java.util.Optional;

/**
 * A decision, and what the response has to carry beside its answer. Immutable.
 *
 * @param decision what was decided
 * @param fields a new DPoP nonce, if there is one for this client
 * @param filter what the body of the application's response has to go through
 */
record Judgement(Decision decision, List<FieldLine> fields, Optional<BodyFilter> filter) {

  Judgement(Decision decision, List<FieldLine> fields) {
    this(decision, fields, Optional.empty());
  }

  static Judgement of(Decision decision) {
    return new Judgement(decision, List.of());
  }

  Judgement with(BodyFilter bodyFilter) {
    return new Judgement(decision, fields, Optional.of(bodyFilter));
  }

  boolean admits() {
    return decision instanceof Decision.Granted || decision instanceof Decision.Open;
  }
}
