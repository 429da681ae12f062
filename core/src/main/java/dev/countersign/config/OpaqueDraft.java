package dev.countersign.config;

import dev.countersign.token.ClientAuthMethod;
import dev.countersign.token.ClientSecret;
import dev.countersign.token.IntrospectionClient;
import dev.countersign.token.OpaqueTokens;
import dev.countersign.token.OpaqueTokens.Inquiry;
import dev.countersign.token.TokenFormat;
import dev.countersign.token.TrustedIssuer;
import dev.countersign.token.TrustedIssuerBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** How one authorization server is asked about its tokens, while the options are applied. */
final class OpaqueDraft {

  private final boolean loopback;

  TokenFormat format = TokenFormat.JWT;
  Optional<URI> endpoint = Optional.empty();
  Optional<URI> tokenInfo = Optional.empty();
  Optional<ClientAuthMethod> method = Optional.empty();
  Optional<ClientSecret> secret = Optional.empty();
  Optional<ClientSecret> key = Optional.empty();
  Optional<Path> keyStore = Optional.empty();
  Optional<ClientSecret> keyStorePassword = Optional.empty();
  String clientId = "";
  boolean signed;
  Set<String> tools = Set.of();
  Duration cacheLife = OpaqueTokens.DEFAULT_CACHE_LIFE;

  OpaqueDraft(boolean loopback) {
    this.loopback = loopback;
  }

  // Each value is tried in a whole that has no other fault, so that what is refused is this value.
  URI endpoint(String url) {
    URI uri = URI.create(url);
    tryOut(new Inquiry.Introspection(client("client"), Optional.of(uri), false), Duration.ZERO);
    return uri;
  }

  URI tokenInfo(String url) {
    URI uri = URI.create(url);
    tryOut(new Inquiry.TokenInfo(uri), Duration.ZERO);
    return uri;
  }

  Duration cacheLife(Duration life) {
    tryOut(new Inquiry.Introspection(client("client"), Optional.empty(), false), life);
    return life;
  }

  String clientId(String id) {
    return client(id).id();
  }

  ClientSecret key(Path file) {
    ClientSecret text = ClientSecret.file(file);
    return new IntrospectionClient("client", ClientAuthMethod.PRIVATE_KEY_JWT, text).secret();
  }

  private void tryOut(Inquiry inquiry, Duration life) {
    TrustedIssuerBuilder sound =
        TrustedIssuer.builder("https://issuer.invalid").audienceAliases("client");
    if (loopback) {
      sound.allowHttpOnLoopback();
    }
    OpaqueTokens unused = new OpaqueTokens(sound.build(), inquiry, life);
    assert unused.inquiry().equals(inquiry);
  }

  private static IntrospectionClient client(String id) {
    return new IntrospectionClient(
        id, ClientAuthMethod.CLIENT_SECRET_BASIC, ClientSecret.of("secret"));
  }

  /** What the options say; empty if the authorization server has no opaque tokens. */
  Optional<OpaqueTokens> build(TrustedIssuer issuer) {
    return format.hasOpaque()
        ? inquiry().map(inquiry -> new OpaqueTokens(issuer, inquiry, cacheLife))
        : Optional.empty();
  }

  /** The tools for whose calls it is asked about JWTs as well; empty if there are none. */
  Optional<IntrospectedTools> introspected(TrustedIssuer issuer) {
    return tools.isEmpty() || !format.hasJwt()
        ? Optional.empty()
        : inquiry()
            .map(how -> new IntrospectedTools(tools, new OpaqueTokens(issuer, how, cacheLife)));
  }

  // Without what IntrospectionChecks has missed there is nothing to build.
  private Optional<Inquiry> inquiry() {
    Optional<ClientSecret> proof = keyStore.isPresent() ? keyStorePassword : key.or(() -> secret);
    return tokenInfo.isPresent()
        ? tokenInfo.map(Inquiry.TokenInfo::new)
        : proof.filter(text -> !clientId.isEmpty()).map(this::introspection);
  }

  private Inquiry introspection(ClientSecret proof) {
    IntrospectionClient client =
        new IntrospectionClient(clientId, method.orElseGet(this::usual), proof, keyStore);
    return new Inquiry.Introspection(client, endpoint, signed);
  }

  private ClientAuthMethod usual() {
    if (keyStore.isPresent()) {
      return ClientAuthMethod.TLS_CLIENT_AUTH;
    }
    return key.isPresent()
        ? ClientAuthMethod.PRIVATE_KEY_JWT
        : ClientAuthMethod.CLIENT_SECRET_BASIC;
  }
}
