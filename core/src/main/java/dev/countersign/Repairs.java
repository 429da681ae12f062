package dev.countersign;

import dev.countersign.config.Mode;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.spi.Exchange;
import dev.countersign.spi.Repair;
import dev.countersign.spi.ResponseHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts the fields of an application's response right. */
final class Repairs {

  private final ResourceServerConfig config;
  private final Resources resources;
  private final PublicPaths publicPaths;
  private final ChallengeRepair challenge;
  private final CrossOriginRepair crossOrigin;

  Repairs(ResourceServerConfig config, Resources resources, Origins origins, Answers answers) {
    this.config = config;
    this.resources = resources;
    this.publicPaths = new PublicPaths(config.publicPaths(), config.resources());
    this.challenge = new ChallengeRepair(answers, config.mode() == Mode.ENFORCE);
    this.crossOrigin = new CrossOriginRepair(origins);
  }

  /** Changes the fields, and says what it has changed. */
  List<Repair> mend(Exchange exchange, ResponseHead head) {
    List<String> lines = head.headers(ChallengeRepair.FIELD);
    boolean challenged = ChallengeRepair.concerns(head.status(), lines);
    if (!challenged && exchange.headers("Origin").isEmpty()) {
      return List.of();
    }
    List<Change> changes = new ArrayList<>();
    if (challenged) {
      challenge(exchange, head.status(), List.copyOf(lines)).ifPresent(changes::add);
    }
    crossOrigin.addTo(changes, exchange, head);
    return changes.isEmpty() ? List.of() : apply(changes, exchange, head);
  }

  private Optional<Change> challenge(Exchange exchange, int status, List<String> lines) {
    if (publicPaths.contains(exchange.path())) {
      return Optional.empty();
    }
    ChallengeRepair.Situation situation =
        new ChallengeRepair.Situation(
            resources.of(exchange.path()),
            status,
            PresentedToken.of(exchange, config.maxTokenLength()),
            lines);
    List<String> secrets = Redaction.secrets(exchange.headers("Authorization"));
    return Redaction.holds(lines, secrets)
        ? challenge.changeOnce(situation, secrets)
        : challenge.change(situation);
  }

  private List<Repair> apply(List<Change> changes, Exchange exchange, ResponseHead head) {
    boolean applied = config.mode() != Mode.REPORT_ONLY;
    List<Repair> repairs = new ArrayList<>(changes.size());
    for (Change change : changes) {
      if (applied && change.changes()) {
        head.headers(change.field(), change.after());
      }
      repairs.add(
          new Repair(
              config.clock().instant(),
              resources.of(exchange.path()).resource().identifier(),
              exchange.method(),
              exchange.path(),
              head.status(),
              change.field(),
              change.shownBefore(),
              change.shownAfter(),
              change.faults(),
              applied));
    }
    return repairs;
  }
}
