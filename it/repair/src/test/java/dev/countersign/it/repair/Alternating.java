package dev.countersign.it.repair;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;

/** A filter whose work is done by another one, which can be changed while the server runs. */
final class Alternating implements Filter {

  private volatile Filter filter = (request, response, chain) -> chain.doFilter(request, response);

  void use(Filter other) {
    filter = other;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    filter.doFilter(request, response, chain);
  }
}
