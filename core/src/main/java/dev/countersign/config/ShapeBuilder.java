package dev.countersign.config;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** In what the tokens of an authorization server look different from RFC 9068. Not thread-safe. */
public final class ShapeBuilder {

  private final IssuerOptions options;

  ShapeBuilder(IssuerOptions options) {
    this.options = options;
  }

  /**
   * Relaxation: the {@code typ} of its access tokens.
   *
   * @param types the types, which replace {@code at+jwt}
   * @return this builder
   */
  public ShapeBuilder tokenTypes(Collection<String> types) {
    options.put(
        "token-types",
        String.join(",", types),
        to -> to.tokenTypes = new LinkedHashSet<>(IssuerDraft.some(types)));
    return this;
  }

  /**
   * Relaxation: whether {@code scope} may be an array.
   *
   * @param accept true to accept it
   * @return this builder
   */
  public ShapeBuilder acceptScopeArray(boolean accept) {
    options.put("accept-scope-array", "" + accept, to -> to.scopeArray = accept);
    return this;
  }

  /**
   * What is left away from a scope when it is granted. All scopes of the configuration are spelt as
   * clients ask for them.
   *
   * @param prefix the beginning of each scope that clients ask for
   * @return this builder
   */
  public ShapeBuilder scopePrefix(String prefix) {
    options.put("scope-prefix", prefix, to -> to.scopePrefix = prefix);
    return this;
  }

  /**
   * What claims must say. A name that is repeated has several values, one of which is needed.
   *
   * @param entries each {@code name=value}, the value literal
   * @return this builder
   */
  public ShapeBuilder requiredClaims(Collection<String> entries) {
    options.put(
        "required-claims",
        String.join(",", entries),
        to -> {
          Map<String, Set<String>> filled = new LinkedHashMap<>();
          IssuerDraft.literals(entries).forEach((name, all) -> filled.put(name, to.filled(all)));
          to.requiredClaims = filled;
        });
    return this;
  }
}
