package dev.countersign.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Builds a {@link BearerChallenge}. Whatever the order of the calls, the challenge is written in
 * the order that every client reads: {@code realm}, {@code error}, {@code scope}, {@code
 * resource_metadata}, {@code acr_values}, {@code max_age}, extensions, {@code error_description},
 * {@code error_uri}.
 *
 * <p>Every method refuses with {@link IllegalArgumentException} what its specification does not
 * allow, and, unless {@link #allowTextThatSomeClientsMisread()} was called before, also what is
 * legal and yet misread: double quotes and backslashes (clients do not unescape), commas (clients
 * split there), and text such as {@code scope=} (clients stop there when they search). An empty
 * text or collection leaves the auth-param out, because clients fail on empty values. Each
 * auth-param is set at most once. Not thread-safe.
 */
public final class BearerChallengeBuilder {

  /** The most characters of a challenge that is built: 2048, inclusive. */
  public static final int MAX_LENGTH = 2048;

  /** RFC 6750 section 6.2, RFC 9449 section 12.2, RFC 9470 section 9: for resource access. */
  static final Set<String> REGISTERED_ERRORS =
      Set.of(
          "invalid_request",
          "invalid_token",
          "insufficient_scope",
          "invalid_dpop_proof",
          "use_dpop_nonce",
          "insufficient_user_authentication");

  private final Map<BearerParam, String> params = new EnumMap<>(BearerParam.class);
  private final Map<String, String> extensions = new LinkedHashMap<>();
  private boolean misreadable;

  BearerChallengeBuilder() {}

  /**
   * From here on allows everything that the specifications allow, also what some clients misread.
   *
   * @return this builder
   */
  public BearerChallengeBuilder allowTextThatSomeClientsMisread() {
    misreadable = true;
    return this;
  }

  /**
   * Names the protection space (RFC 9110 section 11.5).
   *
   * @param realm a plain word or a few; no URL, which a client takes for an issuer
   * @return this builder
   */
  public BearerChallengeBuilder realm(String realm) {
    requireCharacters("realm", realm, misreadable ? Grammar::isSendable : Grammar::isNqschar);
    if (!realm.equals(realm.strip())) {
      throw new IllegalArgumentException("realm must not begin or end with white space");
    }
    if (!misreadable && realm.contains("://")) {
      throw new IllegalArgumentException("realm must be a plain word, not a URL");
    }
    return set(BearerParam.REALM, realm, ",=");
  }

  /**
   * Says why the request was refused. Only for requests that presented a token (RFC 6750 section
   * 3.1).
   *
   * @param code a code that is registered for resource access: {@code invalid_request}, {@code
   *     invalid_token}, {@code insufficient_scope} (RFC 6750), {@code invalid_dpop_proof}, {@code
   *     use_dpop_nonce} (RFC 9449), {@code insufficient_user_authentication} (RFC 9470)
   * @return this builder
   */
  public BearerChallengeBuilder error(String code) {
    if (!REGISTERED_ERRORS.contains(code)) {
      throw new IllegalArgumentException(
          "expected a registered error code (RFC 6750 section 6.2); others by extensionError");
    }
    return set(BearerParam.ERROR, code, "");
  }

  /**
   * Says why the request was refused, with a code that is not registered.
   *
   * @param code the code (RFC 6749 section 8.5): visible ASCII without double quote and backslash;
   *     with spaces only if misreadable text is allowed
   * @return this builder
   */
  public BearerChallengeBuilder extensionError(String code) {
    requireCharacters("error", code, misreadable ? Grammar::isNqschar : Grammar::isNqchar);
    return set(BearerParam.ERROR, code, ",=");
  }

  /**
   * Names what the request needs: all of it, not only what is missing.
   *
   * @param scope scope-tokens (RFC 6749 section 3.3), or several with spaces between; a repeated
   *     one counts once
   * @return this builder
   */
  public BearerChallengeBuilder scope(String... scope) {
    return scope(Arrays.asList(scope));
  }

  /**
   * Names what the request needs: all of it, not only what is missing.
   *
   * @param scope scope-tokens (RFC 6749 section 3.3), or several with spaces between; a repeated
   *     one counts once
   * @return this builder
   */
  public BearerChallengeBuilder scope(Collection<String> scope) {
    return set(BearerParam.SCOPE, list("scope", scope), ",");
  }

  /**
   * Points to the protected resource metadata (RFC 9728 section 5.1).
   *
   * @param url an absolute https URL with a host, without user information and fragment
   * @return this builder
   */
  public BearerChallengeBuilder resourceMetadata(String url) {
    return resourceMetadata(url, false);
  }

  /**
   * Points to the protected resource metadata, for development: plain http is allowed if the host
   * is {@code localhost}, {@code 127.x.y.z} or {@code [::1]}.
   *
   * @param url an absolute URL as in {@link #resourceMetadata(String)}
   * @return this builder
   */
  public BearerChallengeBuilder resourceMetadataAllowingHttpOnLoopback(String url) {
    return resourceMetadata(url, true);
  }

  private BearerChallengeBuilder resourceMetadata(String text, boolean httpOnLoopback) {
    MetadataUrl url = MetadataUrl.of(text);
    boolean usable = httpOnLoopback ? url.isUsable() : url.problem().isEmpty();
    if (!usable) {
      throw new IllegalArgumentException(
          "resource_metadata " + url.problem() + " (RFC 9728 section 5.1)");
    }
    return set(BearerParam.RESOURCE_METADATA, text, ",");
  }

  /**
   * Says how the user has to be authenticated (RFC 9470 section 3).
   *
   * @param acrValues authentication context class references, the preferred one first
   * @return this builder
   */
  public BearerChallengeBuilder acrValues(String... acrValues) {
    return acrValues(Arrays.asList(acrValues));
  }

  /**
   * Says how the user has to be authenticated (RFC 9470 section 3).
   *
   * @param acrValues authentication context class references, the preferred one first
   * @return this builder
   */
  public BearerChallengeBuilder acrValues(Collection<String> acrValues) {
    return set(BearerParam.ACR_VALUES, list("acr_values", acrValues), ",");
  }

  /**
   * Says how long ago the user may have been authenticated (RFC 9470 section 3).
   *
   * @param maxAge not negative; parts of a second are cut off
   * @return this builder
   */
  public BearerChallengeBuilder maxAge(Duration maxAge) {
    if (maxAge.isNegative()) {
      throw new IllegalArgumentException("max_age must not be negative");
    }
    return set(BearerParam.MAX_AGE, Long.toString(maxAge.toSeconds()), "");
  }

  /**
   * Explains the error to developers. Use fixed sentences: nothing from a request, a token or an
   * exception belongs here.
   *
   * @param sentence ASCII without double quote and backslash (RFC 6750 section 3); without comma
   *     and equals sign unless misreadable text is allowed
   * @return this builder
   */
  public BearerChallengeBuilder errorDescription(String sentence) {
    requireCharacters("error_description", sentence, Grammar::isNqschar);
    return set(BearerParam.ERROR_DESCRIPTION, sentence, ",=");
  }

  /**
   * Points to a page that explains the error to developers.
   *
   * @param uri an absolute URI
   * @return this builder
   */
  public BearerChallengeBuilder errorUri(String uri) {
    requireCharacters("error_uri", uri, Grammar::isNqchar);
    try {
      if (!new URI(uri).isAbsolute()) {
        throw new IllegalArgumentException(
            "error_uri must be an absolute URI (RFC 6750 section 3)");
      }
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("error_uri is not a URI: " + e.getReason(), e);
    }
    return set(BearerParam.ERROR_URI, uri, ",");
  }

  /**
   * Adds an auth-param that this builder does not know.
   *
   * @param name a token in lower case that has no method here, and does not end in {@code scope},
   *     {@code error} or {@code resource_metadata}, where clients that search would stop
   * @param value visible ASCII, space and tab
   * @return this builder
   */
  public BearerChallengeBuilder param(String name, String value) {
    if (!Grammar.isToken(name) || !name.equals(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("expected a token in lower case as name");
    }
    if (BearerParam.named(name).isPresent() || Misreadable.endsLikeSearched(name)) {
      throw new IllegalArgumentException(
          name + " is, or ends like, an auth-param that has a method here");
    }
    requireCharacters(name, value, Grammar::isSendable);
    requireReadable(name, value, ",");
    if (!value.isEmpty() && extensions.putIfAbsent(name, value) != null) {
      throw new IllegalArgumentException("there is a " + name + " already");
    }
    return this;
  }

  /**
   * Completes the challenge.
   *
   * @return the challenge
   * @throws IllegalArgumentException if there is no auth-param (RFC 6750 section 3), or the
   *     challenge exceeds {@link #MAX_LENGTH} or the limits of {@link Challenges}
   */
  public BearerChallenge build() {
    if (params.isEmpty() && extensions.isEmpty()) {
      throw new IllegalArgumentException(
          "Bearer needs at least one auth-param (RFC 6750 section 3)");
    }
    ChallengeBuilder builder = Challenge.builder("Bearer");
    params.forEach(
        (param, value) -> {
          if (param.rank() < BearerParam.EXTENSION_RANK) {
            builder.param(param.wireName(), value);
          }
        });
    extensions.forEach(builder::param);
    params.forEach(
        (param, value) -> {
          if (param.rank() > BearerParam.EXTENSION_RANK) {
            builder.param(param.wireName(), value);
          }
        });
    Challenge challenge = builder.build();
    int length = challenge.toString().length();
    if (length > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "the challenge has "
              + length
              + " characters, at most "
              + MAX_LENGTH
              + " reach every client");
    }
    return BearerChallenge.from(challenge);
  }

  private BearerChallengeBuilder set(BearerParam param, String value, String alsoMisread) {
    requireReadable(param.wireName(), value, alsoMisread);
    if (!value.isEmpty() && params.putIfAbsent(param, value) != null) {
      throw new IllegalArgumentException(
          "there is a " + param.wireName() + " already (RFC 6750 section 3)");
    }
    return this;
  }

  private static String list(String name, Collection<String> texts) {
    Set<String> tokens = new LinkedHashSet<>();
    for (String text : texts) {
      requireCharacters(name, text, Grammar::isNqschar);
      tokens.addAll(List.of(text.split(" ")));
    }
    tokens.remove("");
    return String.join(" ", tokens);
  }

  private static void requireCharacters(String name, String value, IntPredicate allowed) {
    for (int at = 0; at < value.length(); at++) {
      if (!allowed.test(value.charAt(at))) {
        throw new IllegalArgumentException(name + " has an illegal character at " + at);
      }
    }
  }

  private void requireReadable(String name, String value, String alsoMisread) {
    if (misreadable) {
      return;
    }
    int at = Misreadable.firstOf("\"\\" + alsoMisread, value);
    if (at >= 0) {
      throw new IllegalArgumentException(
          name + " has " + value.charAt(at) + " at " + at + ", which some clients misread");
    }
    if (Misreadable.isBait(value)) {
      throw new IllegalArgumentException(
          name + " looks like another auth-param to clients that search");
    }
  }
}
