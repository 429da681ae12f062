package dev.countersign.conformance;

import java.time.Duration;
import java.util.Optional;

/**
 * What a server has been set up for, beside its issuer and its resource. What it has not been set
 * up for is not tried. Immutable.
 *
 * @param scope what every token needs, with spaces between; empty for nothing
 * @param tokens which tokens it takes
 * @param dpop whether tokens may be bound to a key of the client (RFC 9449); plain ones are taken
 *     too
 * @param scopedTool a tool that needs more scope
 * @param stepUpTool a tool that needs a stronger login
 * @param page an origin, of another server perhaps, whose pages may call
 */
public record Features(
    String scope,
    TokenForm tokens,
    boolean dpop,
    Optional<ScopedTool> scopedTool,
    Optional<StepUpTool> stepUpTool,
    Optional<String> page) {

  /** JWTs, with any scope or none. */
  public static final Features NONE =
      new Features("", TokenForm.JWT, false, Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * A tool whose call needs more scope than other requests. Immutable.
   *
   * @param name the name of the tool
   * @param scope what its call needs beyond what every token needs, with spaces between
   */
  public record ScopedTool(String name, String scope) {}

  /**
   * A tool whose call needs a stronger or more recent login (RFC 9470). Immutable.
   *
   * @param name the name of the tool
   * @param acr the {@code acr} that its call needs; empty for any
   * @param maxAge how long ago the login may have been at most
   */
  public record StepUpTool(String name, String acr, Optional<Duration> maxAge) {}

  /**
   * Sets what every token needs.
   *
   * @param other scope-tokens with spaces between; empty for nothing
   * @return the changed features
   */
  public Features withScope(String other) {
    return new Features(other, tokens, dpop, scopedTool, stepUpTool, page);
  }

  /**
   * Sets which tokens are taken.
   *
   * @param other the form
   * @return the changed features
   */
  public Features withTokens(TokenForm other) {
    return new Features(scope, other, dpop, scopedTool, stepUpTool, page);
  }

  /**
   * Adds proofs of possession.
   *
   * @return the changed features
   */
  public Features withDpop() {
    return new Features(scope, tokens, true, scopedTool, stepUpTool, page);
  }

  /**
   * Adds a tool that needs more scope.
   *
   * @param tool the tool
   * @return the changed features
   */
  public Features with(ScopedTool tool) {
    return new Features(scope, tokens, dpop, Optional.of(tool), stepUpTool, page);
  }

  /**
   * Adds a tool that needs a stronger login.
   *
   * @param tool the tool
   * @return the changed features
   */
  public Features with(StepUpTool tool) {
    return new Features(scope, tokens, dpop, scopedTool, Optional.of(tool), page);
  }

  /**
   * Adds pages that may call.
   *
   * @param origin their origin: {@code https://app.example.com}
   * @return the changed features
   */
  public Features withPage(String origin) {
    return new Features(scope, tokens, dpop, scopedTool, stepUpTool, Optional.of(origin));
  }
}
