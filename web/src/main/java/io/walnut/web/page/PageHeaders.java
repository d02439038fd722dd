package io.walnut.web.page;

import io.walnut.web.status.LoginSettings;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * What a browser must know of every answer. The claim page carries its own content policy, which a saved copy keeps; a
 * page cannot say by itself that nobody may frame it.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class PageHeaders extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String PORTAL_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
        + "img-src 'self' data:; font-src 'self'; worker-src blob:; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'";

    @Inject
    private LoginSettings login;

    /** The treasury's pages also speak to the OpenID provider, which only the server knows. */
    private String policy(String path) {
        if (!path.equals("/") && !path.equals("/index.html")) {
            return "frame-ancestors 'none'";
        }
        String connect = login.issuerOrigin().map(origin -> "connect-src 'self' " + origin).orElse("connect-src 'self'");
        return connect + "; " + PORTAL_POLICY;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws IOException, ServletException {
        String path = request.getRequestURI();
        response.setHeader("Content-Security-Policy", policy(path));
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        if (path.startsWith("/assets/")) {
            // The names carry the hashes of the contents.
            response.setHeader("Cache-Control", "public, max-age=31536000, immutable");
        } else if (!path.startsWith("/api/")) {
            // The files' times are those of a reproducible build, so a browser could not tell a new page from an old one.
            response.setHeader("Cache-Control", "no-store");
        }
        chain.doFilter(request, response);
    }
}
