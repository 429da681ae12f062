package dev.countersign.sample.authorizationserver;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.HtmlUtils;

/**
 * A second step of the login, for clients that ask for it with {@code acr_values} (RFC 9470 section
 * 4): a code, once in a session. What the user has really done is the {@code acr} of the tokens.
 *
 * <p>The code stands on the page: this shows how a stronger login is asked for, and is none.
 *
 * <p>Thread-safe.
 */
final class SecondStep extends OncePerRequestFilter {

  /** The {@code acr} of a login by password. */
  static final String PASSWORD = "pwd";

  /** The {@code acr} of a login by password and code. */
  static final String PASSWORD_AND_CODE = "mfa";

  static final String CODE = "2468";
  static final String PATH = "/second-step";

  private static final String FACTOR = "FACTOR_CODE";
  private static final String WAITING = SecondStep.class.getName();

  private final String authorizationEndpoint;
  private final HttpSessionSecurityContextRepository logins =
      new HttpSessionSecurityContextRepository();

  /** Stands before this endpoint. */
  SecondStep(String authorizationEndpoint) {
    this.authorizationEndpoint = authorizationEndpoint;
  }

  /** How this user has logged in. */
  static String acr(@Nullable Authentication login) {
    return login != null && passed(login) ? PASSWORD_AND_CODE : PASSWORD;
  }

  private static boolean passed(Authentication login) {
    return login.getAuthorities().stream().anyMatch(one -> FACTOR.equals(one.getAuthority()));
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Authentication login = SecurityContextHolder.getContext().getAuthentication();
    if (login != null && request.getRequestURI().equals(PATH)) {
      answer(request, response, login);
    } else if (login != null && demanded(request) && !passed(login)) {
      request.getSession().setAttribute(WAITING, request.getQueryString());
      ask(request, response);
    } else {
      chain.doFilter(request, response);
    }
  }

  // OpenID Connect Core section 3.1.2.1: acr_values, in order of preference.
  private boolean demanded(HttpServletRequest request) {
    String values = request.getParameter("acr_values");
    return request.getMethod().equals("GET")
        && request.getRequestURI().equals(authorizationEndpoint)
        && values != null
        && Stream.of(values.split(" ", -1))
            .filter(List.of(PASSWORD, PASSWORD_AND_CODE)::contains)
            .findFirst()
            .filter(PASSWORD_AND_CODE::equals)
            .isPresent();
  }

  private void answer(
      HttpServletRequest request, HttpServletResponse response, Authentication login)
      throws IOException {
    Object waiting = request.getSession().getAttribute(WAITING);
    if (!request.getMethod().equals("POST") || waiting == null) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
    } else if (CODE.equals(request.getParameter("code"))) {
      request.getSession().removeAttribute(WAITING);
      keep(login, request, response);
      response.sendRedirect(authorizationEndpoint + "?" + waiting);
    } else {
      ask(request, response);
    }
  }

  private void keep(
      Authentication login, HttpServletRequest request, HttpServletResponse response) {
    SecurityContext stronger = SecurityContextHolder.createEmptyContext();
    stronger.setAuthentication(
        login.toBuilder()
            .authorities(all -> all.add(FactorGrantedAuthority.fromAuthority(FACTOR)))
            .build());
    logins.saveContext(stronger, request, response);
  }

  private static void ask(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/html;charset=UTF-8");
    response
        .getWriter()
        .write(
            """
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><title>Second step</title></head>
            <body>
            <h1>One more step</h1>
            <p>The application asks for a stronger login. The code of this demo is %1$s.</p>
            <form method="post" action="%2$s">
            %3$s
            <p><label>Code <input type="text" name="code" autocomplete="off"></label></p>
            <p><button type="submit">Go on</button></p>
            </form>
            </body>
            </html>
            """
                .formatted(CODE, PATH, protection(request)));
  }

  private static String protection(HttpServletRequest request) {
    return request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken csrf
        ? "<input type=\"hidden\" name=\"%s\" value=\"%s\">"
            .formatted(csrf.getParameterName(), HtmlUtils.htmlEscape(csrf.getToken()))
        : "";
  }
}
