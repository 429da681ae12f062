package dev.countersign.token;

import dev.countersign.internal.FormSender;
import dev.countersign.internal.HttpFetcher;
import dev.countersign.token.OpaqueTokens.Inquiry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A way to ask an authorization server, with the connections and threads behind it. Thread-safe.
 *
 * @param query the way
 * @param background ends what is behind it
 */
record Inquiries(TokenQuery query, Runnable background) implements AutoCloseable {

  private static final Logger LOG = System.getLogger("dev.countersign");
  private static final LongSupplier NANOS = System::nanoTime;

  static Inquiries of(OpaqueTokens tokens, JwtTokenValidator.Settings settings) {
    TrustedIssuer issuer = tokens.issuer();
    HttpFetcher.Limits limits = IssuerKeys.limits(issuer);
    HttpFetcher fetcher = new HttpFetcher(limits);
    if (tokens.inquiry() instanceof Inquiry.TokenInfo tokenInfo) {
      return new Inquiries(new TokenInfoQuery(tokenInfo.endpoint(), fetcher), fetcher::close);
    }
    Inquiry.Introspection introspection = (Inquiry.Introspection) tokens.inquiry();
    Optional<IssuerKeys> keys =
        introspection.signed() ? Optional.of(IssuerKeys.of(List.of(issuer))) : Optional.empty();
    IntrospectionClient client = introspection.client();
    Consumer<String> alarm = new PacedAlarm(NANOS, text -> LOG.log(Level.ERROR, "{0}", text));
    Optional<MutualTlsSender> mutual =
        client.keyStore().map(file -> new MutualTlsSender(file, client.secret(), limits, alarm));
    TokenQuery query =
        new IntrospectionQuery(
            new IntrospectionEndpoint(issuer, introspection, fetcher, NANOS),
            new ClientAuthentication(client, issuer.issuer()),
            keys.map(its -> opener(issuer, its, client, settings)),
            mutual.<FormSender>map(sender -> sender).orElse(fetcher),
            alarm);
    return new Inquiries(
        query,
        () -> {
          keys.ifPresent(IssuerKeys::close);
          mutual.ifPresent(MutualTlsSender::close);
          fetcher.close();
        });
  }

  private static SignedAnswer opener(
      TrustedIssuer issuer,
      IssuerKeys keys,
      IntrospectionClient client,
      JwtTokenValidator.Settings settings) {
    SigningKeys its = keys.byIssuer().values().iterator().next();
    return new SignedAnswer(issuer, its, client.id(), settings.clockSkew());
  }

  @Override
  public void close() {
    background.run();
  }
}
