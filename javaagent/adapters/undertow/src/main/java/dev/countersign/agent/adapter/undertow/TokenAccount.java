package dev.countersign.agent.adapter.undertow;

import io.undertow.security.idm.Account;
import io.undertow.security.idm.Credential;
import io.undertow.security.idm.IdentityManager;
import java.io.Serializable;
import java.security.Principal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The user of a token, whose roles are its scopes. */
final class TokenAccount implements Account {

  /** Knows no passwords. */
  static final IdentityManager NOBODY_ELSE =
      new IdentityManager() {
        @Override
        public @Nullable Account verify(Account account) {
          return null;
        }

        @Override
        public @Nullable Account verify(String name, Credential credential) {
          return null;
        }

        @Override
        public @Nullable Account verify(Credential credential) {
          return null;
        }
      };

  private static final long serialVersionUID = 1L;

  private final User user;

  // Undertow wants accounts that can be serialized.
  @SuppressWarnings("serial")
  private final Set<String> scopes;

  TokenAccount(String subject, Set<String> scopes) {
    this.user = new User(subject);
    this.scopes = Set.copyOf(scopes);
  }

  @Override
  public Principal getPrincipal() {
    return user;
  }

  @Override
  public Set<String> getRoles() {
    return scopes;
  }

  private record User(String subject) implements Principal, Serializable {

    @Override
    public String getName() {
      return subject;
    }
  }
}
