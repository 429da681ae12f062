package dev.countersign.doctor.check;

import dev.countersign.doctor.token.OpaqueVerdict;
import dev.countersign.doctor.token.TokenContent;
import dev.countersign.doctor.token.TokenDoctor;
import dev.countersign.doctor.token.TokenVerdict;
import java.util.List;
import java.util.Optional;

/** Brings a token that was given before the validator of Countersign, with the keys of the site. */
public final class TokenVerdicts {

  private TokenVerdicts() {}

  /**
   * Judges the token that was given. Asks the authorization server for metadata and keys, unless
   * that was done already.
   *
   * @param site where it is to be used
   * @return empty if no token was given
   */
  public static Optional<TokenVerdict> of(Site site) {
    return site.token()
        .map(
            token ->
                judge(site, token)
                    .answered(site.ask(TokenUseChecks.initialize(site, token)).status()));
  }

  private static TokenVerdict judge(Site site, String token) {
    Optional<TokenContent> content = TokenContent.of(token);
    List<AuthorizationServer> servers = AuthorizationServer.of(site);
    String issuer = content.flatMap(one -> one.text("iss")).orElse("");
    Optional<AuthorizationServer> server =
        servers.stream()
            .filter(one -> one.issuer().equals(issuer))
            .findFirst()
            .or(() -> servers.stream().findFirst());
    if (server.isEmpty()) {
      return TokenVerdict.notJudged(
          "The metadata names no authorization server, so nobody knows whose keys to use.");
    }
    Optional<Document> metadata = server.get().metadata();
    if (content.isEmpty()) {
      return OpaqueVerdict.of(
          token,
          server.get().issuer(),
          metadata.flatMap(one -> one.text("introspection_endpoint")));
    }
    Optional<Document> keys =
        metadata
            .flatMap(one -> one.text("jwks_uri"))
            .flatMap(where -> Document.of(where, site.get(where)));
    return keys.map(set -> judge(site, token, content.get(), server.get().issuer(), set))
        .orElseGet(
            () ->
                TokenVerdict.notJudged(
                    "The keys of " + server.get().issuer() + " cannot be loaded (D46, D51)."));
  }

  private static TokenVerdict judge(
      Site site, String token, TokenContent content, String issuer, Document keys) {
    List<String> scopes =
        site.bearer()
            .flatMap(one -> one.param("scope"))
            .map(scope -> List.of(scope.split(" ")))
            .orElse(List.of());
    return TokenDoctor.judge(
        token,
        content,
        new TokenDoctor.Place(site.resource(), issuer, keys.answer().body(), scopes),
        site.now());
  }
}
