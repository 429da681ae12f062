package dev.countersign.config;

import static dev.countersign.config.SettingValue.bool;
import static dev.countersign.config.SettingValue.commaList;
import static dev.countersign.config.SettingValue.duration;
import static dev.countersign.config.SettingValue.integer;
import static dev.countersign.config.SettingValue.mode;
import static dev.countersign.config.SettingValue.startupFailure;
import static dev.countersign.config.SettingValue.tokenPassthrough;

/** Translates the settings of the whole server into builder calls. */
final class ServerSettings {

  private ServerSettings() {}

  // A switch and no table of lambdas: each lambda costs start-up time, which the agent has little
  // of.
  static void apply(Setting setting, SettingTarget to, String value) {
    switch (setting) {
      case CONFIG -> {
        // Read before all others.
      }
      case AUTHORIZATION_SERVERS -> commaList(value).forEach(to.server()::authorizationServer);
      case MODE -> to.server().mode(mode(value));
      case ON_STARTUP_FAILURE -> to.server().onStartupFailure(startupFailure(value));
      case UNGUARDED_PORTS -> commaList(value).forEach(to.server()::unguardedPort);
      case TOKEN_PASSTHROUGH -> to.server().tokenPassthrough(tokenPassthrough(value));
      case CLOCK_SKEW -> to.server().clockSkew(duration(value));
      case MAX_TOKEN_LENGTH -> to.server().maxTokenLength(integer(value));
      case TOKEN_CACHE_SIZE -> to.server().tokenCacheSize(integer(value));
      case MAX_BODY_SIZE -> to.server().maxBodySize(integer(value));
      case BODY_MEMORY -> to.server().bodyMemory(integer(value));
      case TOOL_CHALLENGES -> to.server().toolChallenges(ToolChallenges.parse(value));
      case PUBLIC_PATHS -> commaList(value).forEach(to.server()::publicPath);
      case ALLOWED_ORIGINS -> commaList(value).forEach(to.server()::allowedOrigin);
      case ALLOWED_HOSTS -> commaList(value).forEach(to.server().hardening()::allowedHost);
      case STRIPPED_HEADERS -> commaList(value).forEach(to.server().hardening()::strippedHeader);
      case EXPOSED_HEADERS -> commaList(value).forEach(to.server().hardening()::exposedHeader);
      case ACCEPT_CLEAR_TEXT -> to.server().hardening().acceptClearText(bool(value));
      case EXPOSE_AUTHORIZATION -> to.server().hardening().exposeAuthorization(bool(value));
      case REALM -> to.server().realm(value);
      case ERROR_URI -> to.server().errorUri(value);
      case ROOT_DOCUMENT -> to.server().rootDocument(value);
      case LEGACY_AS_MIRROR -> to.server().legacyAsMirror(bool(value));
      case DPOP -> to.server().senderConstraint().dpop(Binding.parse(value));
      case DPOP_ALGORITHMS -> to.server().senderConstraint().dpopAlgorithms(commaList(value));
      case DPOP_WINDOW -> to.server().senderConstraint().dpopWindow(duration(value));
      case DPOP_NONCE -> to.server().senderConstraint().dpopNonce(bool(value));
      case DPOP_NONCE_KEY_FILE -> to.server().senderConstraint().dpopNonceKeyFile(value);
      case DPOP_REPLAY -> to.server().senderConstraint().dpopReplay(bool(value));
      case CERTIFICATE_BOUND_TOKENS ->
          to.server().senderConstraint().certificateBoundTokens(Binding.parse(value));
      case CLIENT_CERTIFICATE_HEADER ->
          to.server().senderConstraint().clientCertificateHeader(value);
      case TRUSTED_PROXIES ->
          commaList(value).forEach(to.server().senderConstraint()::trustedProxy);
      case STRICT_CREDENTIALS -> to.server().strictCredentials(bool(value));
      case FAILURE_LIMIT -> to.server().failureLimit(integer(value));
      case SESSION_BINDING -> to.server().sessions().binding(bool(value));
      case SESSION_LIFE -> to.server().sessions().life(duration(value));
      case END_STREAMS -> to.server().sessions().endStreams(EndStreams.parse(value));
      case MAX_STREAMS -> to.server().sessions().maxStreams(integer(value));
      case JMX -> to.server().jmx(bool(value));
      case SELF_CHECK -> to.server().selfCheck(bool(value));
      case STRICT_START -> to.server().strictStart(bool(value));
      case FORWARDED_HEADER -> to.server().forwardedHeader(bool(value));
      case ALLOW_PRIVATE_ADDRESSES -> to.server().allowPrivateAddresses(bool(value));
      case ALLOW_HTTP_ON_LOOPBACK -> to.server().allowHttpOnLoopback(bool(value));
      default -> throw new IllegalStateException(setting.key());
    }
  }
}
