package dev.countersign.servlet;

import dev.countersign.oauth.AccessToken;
import dev.countersign.oauth.CurrentAccessToken;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * What comes behind the filter, on a thread that has the token of the request as long as it works
 * for it.
 *
 * @param application the next filter, or the servlet
 */
record UserChain(FilterChain application) implements FilterChain {

  @Override
  public void doFilter(ServletRequest request, ServletResponse response)
      throws IOException, ServletException {
    Optional<AccessToken> token = AccessTokens.find(request);
    if (token.isEmpty()) {
      application.doFilter(request, response);
      return;
    }
    try {
      CurrentAccessToken.<Boolean, Exception>during(
          token.get(),
          () -> {
            application.doFilter(request, response);
            return true;
          });
    } catch (IOException | ServletException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      // An application that throws what it must not.
      throw new ServletException(e);
    }
  }
}
