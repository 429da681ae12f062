package dev.countersign.sample.authorizationserver;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * Authorization responses that say who answers: {@code iss} as of RFC 9207 section 2, in answers
 * with a code and in answers with an error.
 *
 * <p>Immutable.
 *
 * @param issuer the issuer identifier
 */
record AuthorizationResponses(String issuer)
    implements AuthenticationSuccessHandler, AuthenticationFailureHandler {

  @Override
  public void onAuthenticationSuccess(
      HttpServletRequest request, HttpServletResponse response, Authentication authentication)
      throws IOException {
    var granted = (OAuth2AuthorizationCodeRequestAuthenticationToken) authentication;
    var code = granted.getAuthorizationCode();
    var target = UriComponentsBuilder.fromUriString(String.valueOf(granted.getRedirectUri()));
    add(target, "code", code == null ? null : code.getTokenValue());
    redirect(response, target, granted.getState());
  }

  @Override
  public void onAuthenticationFailure(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException exception)
      throws IOException {
    var refused = (OAuth2AuthorizationCodeRequestAuthenticationException) exception;
    OAuth2Error error = refused.getError();
    var asked = refused.getAuthorizationCodeRequestAuthentication();
    String redirectUri = asked == null ? null : asked.getRedirectUri();
    if (asked == null || redirectUri == null || redirectUri.isEmpty()) {
      // RFC 6749 section 4.1.2.1: without a trusted redirect URI the user is told, not the client.
      response.sendError(HttpServletResponse.SC_BAD_REQUEST, error.toString());
      return;
    }
    var target = UriComponentsBuilder.fromUriString(redirectUri);
    add(target, "error", error.getErrorCode());
    add(target, "error_description", error.getDescription());
    add(target, "error_uri", error.getUri());
    redirect(response, target, asked.getState());
  }

  private void redirect(
      HttpServletResponse response, UriComponentsBuilder target, @Nullable String state)
      throws IOException {
    add(target, "state", state);
    add(target, "iss", issuer);
    response.sendRedirect(target.build(true).toUriString());
  }

  private static void add(UriComponentsBuilder target, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      target.queryParam(name, UriUtils.encode(value, StandardCharsets.UTF_8));
    }
  }
}
