package org.tallystick.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.MessageDigest;
import org.springframework.web.filter.OncePerRequestFilter;

/// Lets through who bears the key: `Authorization: Bearer KEY`.
final class ApiKeyFilter extends OncePerRequestFilter {

  private final byte[] expected;

  ApiKeyFilter(String key) {
    this.expected = ("Bearer " + key).getBytes(UTF_8);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var given = String.valueOf(request.getHeader("Authorization")).getBytes(UTF_8);
    if (MessageDigest.isEqual(given, expected)) {
      chain.doFilter(request, response);
      return;
    }
    response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
    response.setHeader("WWW-Authenticate", "Bearer");
    response.setContentType("application/problem+json");
    response
        .getOutputStream()
        .write(
            """
            {"type":"about:blank","title":"Unauthorized","status":401,\
            "detail":"expected the header Authorization: Bearer KEY","instance":"/"}
            """
                .getBytes(UTF_8));
  }
}
