package io.walnut.web.problem;

import io.walnut.ejb.shared.Ids;
import io.walnut.ejb.shared.WorkId;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * Names each request: in its answer, in its problem document, and in every line that is logged about it. A caller that
 * has a name for it already says so, and finds it in our log.
 */
@WebFilter(urlPatterns = "/api/*", asyncSupported = true,
    dispatcherTypes = {DispatcherType.REQUEST, DispatcherType.ERROR})
public class RequestId extends HttpFilter {
    static final String HEADER = "X-Request-Id";
    private static final long serialVersionUID = 1L;
    private static final System.Logger LOG = System.getLogger(RequestId.class.getName());
    private static final String ATTRIBUTE = RequestId.class.getName();
    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws IOException, ServletException {
        String id = of(request);
        response.setHeader(HEADER, id);
        long begin = System.nanoTime();
        try (var work = WorkId.open(id)) {
            if (BodyLimit.isExceeded(request)) {
                ServerProblem.write(request, response, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
            } else {
                chain.doFilter(BodyLimit.bound(request), response);
            }
            explain(request, response);
            // Without the query, which is the caller's own text.
            LOG.log(System.Logger.Level.DEBUG, "{0} {1} {2} in {3} ms", request.getMethod(), request.getRequestURI(),
                response.getStatus(), (System.nanoTime() - begin) / 1_000_000);
        }
    }

    /** Not everything that reads requests says what was wrong with one. */
    private static void explain(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (response.getStatus() >= HttpServletResponse.SC_BAD_REQUEST && !response.isCommitted()
            && response.getContentType() == null && !request.isAsyncStarted()) {
            ServerProblem.write(request, response, response.getStatus());
        }
    }

    /** Whether the request has come to the API. */
    static boolean hasBegun(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof String;
    }

    /** The same for all that becomes of one request. */
    static String of(HttpServletRequest request) {
        if (!(request.getAttribute(ATTRIBUTE) instanceof String)) {
            String given = request.getHeader(HEADER);
            request.setAttribute(ATTRIBUTE,
                given != null && WELL_FORMED.matcher(given).matches() ? given : Ids.next("req"));
        }
        return (String) request.getAttribute(ATTRIBUTE);
    }
}
