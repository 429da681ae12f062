package dev.countersign.doctor.check;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All checks of a site, in the order in which a client meets what they look at. */
public final class Checks {

  private static final List<Check> ALL =
      Stream.of(
              ReachabilityChecks.all(),
              EdgeChecks.all(),
              SpellingChecks.all(),
              ChallengeChecks.all(),
              MetadataChecks.all(),
              DocumentChecks.all(),
              AuthorizationServerChecks.all(),
              EndpointChecks.all(),
              TokenChecks.all(),
              TokenUseChecks.all(),
              ToolChecks.all(),
              LocalChecks.all(),
              BrowserChecks.all(),
              List.<Check>of(EdgeChecks::rateLimit))
          .flatMap(List::stream)
          .toList();

  private Checks() {}

  /**
   * Looks at a site. If it cannot be reached, that is all there is to say.
   *
   * @param site the site
   * @return the findings in the order of the checks
   */
  public static List<Finding> run(Site site) {
    List<Finding> findings = new ArrayList<>();
    for (Check check : ALL) {
      findings.addAll(check.look(site));
      if (findings.stream().anyMatch(finding -> finding.check() == CheckId.D01)) {
        break;
      }
    }
    return Remedies.addedTo(findings, Platform.of(site));
  }

  /**
   * What the site runs on, and what stands before it, as far as its answers so far give it away.
   *
   * @param site the site
   * @return proxies first; empty if nothing is certain
   */
  public static List<Platform.Seen> platforms(Site site) {
    return Platform.of(site);
  }
}
