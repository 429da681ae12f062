package dev.countersign;

import dev.countersign.config.ProtectedResource;
import dev.countersign.mcp.ProtocolRevision;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.oauth.Scope;
import java.util.List;
import java.util.Optional;

/**
 * Puts into the denial of a good token the scopes that its challenge is to name, which may be more
 * than the operation needs.
 */
final class StepUpChallenges {

  private final Answers answers;

  StepUpChallenges(Answers answers) {
    this.answers = answers;
  }

  /**
   * The decision with the scopes of the strategy.
   *
   * @param held the scope of the token that was judged
   * @param revisionLines every line of {@code MCP-Protocol-Version}
   */
  Decision widened(
      Decision decision, Scope held, ProtectedResource resource, List<String> revisionLines) {
    return decision instanceof Decision.Denied denied && asksForScope(denied.why())
        ? widened(denied, held, resource, ProtocolRevision.of(revisionLines))
        : decision;
  }

  private static boolean asksForScope(Denial why) {
    return why == Denial.MISSING_SCOPE || why == Denial.WEAK_AUTHENTICATION;
  }

  private Decision widened(
      Decision.Denied denied,
      Scope held,
      ProtectedResource resource,
      Optional<ProtocolRevision> revision) {
    Scope asked = resource.stepUp().asked(denied.scope(), held, revision);
    Decision.Denied more =
        new Decision.Denied(denied.why(), asked, denied.strength(), denied.detail());
    if (answers.canSend(more, resource)) {
      return more;
    }
    // What one operation needs was found short enough when the configuration was read; what a batch
    // needs may be too much for any challenge, and part of it would be of no use.
    return answers.canSend(denied, resource)
        ? denied
        : new Decision.Denied(Denial.POLICY, "the scopes of the batch do not fit a challenge");
  }
}
