package dev.countersign;

import dev.countersign.config.ProtectedResource;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.oauth.AccessToken;
import dev.countersign.oauth.AuthScheme;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.oauth.InsufficientScopeException;
import dev.countersign.oauth.Scope;
import java.util.List;

/**
 * What is told when the application finds out that the scope does not suffice. What the token has
 * is always named as well: it got past the rules, so that the other scopes of the operation are
 * among them.
 */
final class RaisedDenials {

  private final List<ProtectedResource> resources;
  private final Answers answers;
  private final ToolAnswers toolAnswers;

  RaisedDenials(ResourceServerConfig config, Answers answers, ToolAnswers toolAnswers) {
    this.resources = config.resources();
    this.answers = answers;
    this.toolAnswers = toolAnswers;
  }

  Decision.Denied of(ProtectedResource resource, Scope needed, Scope held) {
    Scope least = resource.required().and(needed);
    Decision.Denied most = denied(resource.stepUp().withHeld(least, held));
    if (answers.canSend(most, resource)) {
      return most;
    }
    // The scope comes from code, not from the configuration, where it would have been checked.
    Decision.Denied plain = denied(least);
    return answers.canSend(plain, resource) ? plain : new Decision.Denied(Denial.POLICY, "");
  }

  private static Decision.Denied denied(Scope scope) {
    return new Decision.Denied(Denial.MISSING_SCOPE, scope, "raised by the application");
  }

  void require(AccessToken token, Scope needed) {
    if (!resourceOf(token).policy().held(token).covers(needed)) {
      throw new InsufficientScopeException(needed);
    }
  }

  private ProtectedResource resourceOf(AccessToken token) {
    return resources.stream()
        .filter(one -> token.audience().contains(one.identifier().toString()))
        .findFirst()
        .orElse(resources.get(0));
  }

  ToolDenial ofTool(AccessToken token, Scope needed) {
    ProtectedResource resource = resourceOf(token);
    return toolAnswers.denial(of(resource, needed, token.scope()), resource, AuthScheme.BEARER);
  }
}
