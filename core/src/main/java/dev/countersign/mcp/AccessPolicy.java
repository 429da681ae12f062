package dev.countersign.mcp;

import dev.countersign.oauth.AccessToken;
import dev.countersign.oauth.AuthenticationStrength;
import dev.countersign.oauth.Scope;
import dev.countersign.spi.JsonRpcCall;
import dev.countersign.spi.ScopePolicy;
import dev.countersign.spi.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Decides which access token may be used for which operation of one resource: what every token must
 * have, the rules for methods, tools, prompts and resources, and then what the application says.
 *
 * <p>Of the rules for a call the most special one holds: for arguments of a tool before the one for
 * its name, for a URI before one for a pattern, for a smaller pattern before one for a larger, for
 * a method before what holds for all that no rule names. Of two rules neither of which is more
 * special, none holds: the call is denied. All messages of a body are judged together.
 *
 * <p>Immutable and thread-safe, if the application's policies are.
 */
public final class AccessPolicy {

  private static final Verdict FORBIDDEN = new Verdict.Forbidden();

  private final PolicyRules rules;
  private final Scope required;
  private final AuthenticationStrength login;
  private final List<ScopePolicy> further;
  private final RuleIndex index;
  private final ScopeHierarchy hierarchy;
  private final boolean needsCalls;

  /**
   * A policy.
   *
   * @param rules the rules
   * @param required what every token must cover
   * @param login how the user behind every token must have logged in
   * @param further what the application says, each of which has to permit
   * @throws IllegalArgumentException if a scope implies itself, or a pattern of a URI is none
   */
  public AccessPolicy(
      PolicyRules rules, Scope required, AuthenticationStrength login, List<ScopePolicy> further) {
    this.rules = rules;
    this.required = required;
    this.login = login;
    this.further = List.copyOf(further);
    this.index = new RuleIndex(rules);
    this.hierarchy = new ScopeHierarchy(rules.implied());
    this.needsCalls = !rules.isEmpty() || !this.further.isEmpty();
  }

  /**
   * The rules of which it was made.
   *
   * @return the rules
   */
  public PolicyRules rules() {
    return rules;
  }

  /**
   * Whether it has to know the calls, and the body has to be read therefore.
   *
   * @return false if every operation needs the same and the application has no say
   */
  public boolean needsCalls() {
    return needsCalls;
  }

  /**
   * The scope that a token is good for.
   *
   * @param token a token that was found good
   * @return its scope and everything that it implies
   */
  public Scope held(AccessToken token) {
    return hierarchy.expand(token.scope());
  }

  /**
   * Judges an operation.
   *
   * @param token a token that was found good
   * @param calls the messages of the body; none for a request without one, or if {@link
   *     #needsCalls} is false
   * @param now the time
   * @param skew by how much clocks may differ
   * @return the verdict; the same for the same arguments
   */
  public Verdict judge(AccessToken token, List<JsonRpcCall> calls, Instant now, Duration skew) {
    Needs needs = new Needs(held(token), required, login);
    for (JsonRpcCall call : calls) {
      // An answer of the client to a question of the server calls nothing.
      if (!call.method().isEmpty()) {
        add(call, needs);
      }
    }
    Verdict byRules = needs.verdict(token, now, skew, rules.concealed());
    if (further.isEmpty() || !(byRules instanceof Verdict.Permitted)) {
      return byRules;
    }
    boolean permitted = true;
    for (ScopePolicy one : further) {
      Verdict verdict = Objects.requireNonNull(one.judge(token, calls), "verdict of a ScopePolicy");
      permitted &= verdict instanceof Verdict.Permitted;
      needs.add(verdict);
    }
    if (permitted) {
      return byRules;
    }
    // If the token has all that is said to be lacking, no other token would do.
    Verdict verdict = needs.verdict(token, now, skew, rules.concealed());
    return verdict instanceof Verdict.Permitted ? FORBIDDEN : verdict;
  }

  /**
   * Judges a token by what every token of the resource must have.
   *
   * @param token a token that was found good
   * @param now the time
   * @param skew by how much clocks may differ
   * @return permitted if only rules can still refuse an operation
   */
  public Verdict judge(AccessToken token, Instant now, Duration skew) {
    return new Needs(held(token), required, login).verdict(token, now, skew, false);
  }

  /**
   * Whether a call is about a tool, a prompt or a resource.
   *
   * @param call a message of a body
   * @return false for one that is about nothing that has a name
   */
  public static boolean isAboutSomething(JsonRpcCall call) {
    return !McpMethods.subjects(call).isEmpty();
  }

  /**
   * Whether a list shows something to the caller: a tool if a call of it is permitted with some
   * values of its arguments, anything else if its use is permitted. The application's policies are
   * asked about a call without arguments.
   *
   * @param token a token that was found good
   * @param call the use of the tool, the prompt or the resource; its arguments are of no interest
   * @param now the time
   * @param skew by how much clocks may differ
   * @return the same for the same arguments
   */
  public boolean shows(AccessToken token, JsonRpcCall call, Instant now, Duration skew) {
    Scope held = held(token);
    boolean permitted =
        McpMethods.subjects(call).stream()
            .flatMap(subject -> index.findAll(call, subject).stream())
            .anyMatch(
                requirement -> {
                  Needs needs = new Needs(held, required, login);
                  needs.add(requirement);
                  return needs.verdict(token, now, skew, false) instanceof Verdict.Permitted;
                });
    return permitted
        && further.stream()
            .allMatch(one -> one.judge(token, List.of(call)) instanceof Verdict.Permitted);
  }

  private void add(JsonRpcCall call, Needs needs) {
    List<Target> subjects = McpMethods.subjects(call);
    if (subjects.isEmpty()) {
      needs.add(index.find(call.method()));
    }
    for (Target subject : subjects) {
      needs.add(index.find(call, subject));
    }
  }
}
