package dev.countersign.sample.authorizationserver;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.web.util.HtmlUtils;

/**
 * The page that asks the user: which client, where the code goes, which server the token is for,
 * which scopes. Anybody can register a client here, so nothing is granted without this question.
 *
 * <p>Thread-safe.
 */
final class ConsentPage extends HttpServlet {

  static final String PATH = "/consent";

  private static final long serialVersionUID = 1L;

  private final transient RegisteredClientRepository clients;
  private final transient OAuth2AuthorizationService authorizations;

  ConsentPage(RegisteredClientRepository clients, OAuth2AuthorizationService authorizations) {
    this.clients = clients;
    this.authorizations = authorizations;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    OAuth2Authorization pending = request.getRequestURI().equals(PATH) ? pending(request) : null;
    RegisteredClient client =
        pending == null ? null : clients.findById(pending.getRegisteredClientId());
    OAuth2AuthorizationRequest asked =
        pending == null ? null : pending.getAttribute(OAuth2AuthorizationRequest.class.getName());
    if (client == null || asked == null) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    response.setContentType("text/html;charset=UTF-8");
    response.getWriter().write(page(client, asked, request.getParameter("state")));
  }

  /** The authorization that waits for the answer of the user, null if there is none. */
  private @Nullable OAuth2Authorization pending(HttpServletRequest request) {
    String state = request.getParameter(OAuth2ParameterNames.STATE);
    return state == null
        ? null
        : authorizations.findByToken(state, new OAuth2TokenType(OAuth2ParameterNames.STATE));
  }

  private static String page(
      RegisteredClient client, OAuth2AuthorizationRequest asked, String state) {
    Object resource = asked.getAdditionalParameters().get(ResourceIndicators.PARAMETER);
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head><meta charset="utf-8"><title>Allow access</title></head>
        <body>
        <h1>Allow access?</h1>
        <p><b>%1$s</b> asks to act for you at <b>%2$s</b>. The answer goes to %3$s.</p>
        <form method="post" action="/oauth2/authorize">
        <input type="hidden" name="client_id" value="%4$s">
        <input type="hidden" name="state" value="%5$s">
        %6$s
        <p><button type="submit">Allow</button></p>
        </form>
        <form method="post" action="/oauth2/authorize">
        <input type="hidden" name="client_id" value="%4$s">
        <input type="hidden" name="state" value="%5$s">
        <p><button type="submit">Deny</button></p>
        </form>
        </body>
        </html>
        """
        .formatted(
            HtmlUtils.htmlEscape(client.getClientName()),
            HtmlUtils.htmlEscape(Objects.toString(resource, "no particular server")),
            HtmlUtils.htmlEscape(
                Objects.toString(asked.getRedirectUri(), "the registered address")),
            HtmlUtils.htmlEscape(client.getClientId()),
            HtmlUtils.htmlEscape(state),
            checkboxes(asked.getScopes()));
  }

  private static String checkboxes(Set<String> scopes) {
    return scopes.stream()
        .sorted()
        .map(HtmlUtils::htmlEscape)
        .map(
            scope ->
                """
                <p><label><input type="checkbox" name="scope" value="%1$s" checked> %1$s</label></p>
                """
                    .formatted(scope))
        .collect(Collectors.joining());
  }
}
