package io.walnut.web.problem;

import io.walnut.web.json.Json;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/**
 * The problem document of a request that the server turned away before it came to the API: without a login, or too malformed to
 * be handed on.
 */
@WebServlet("/problem")
public class ServerProblem extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object refused = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        int status = refused instanceof Integer known ? known : HttpServletResponse.SC_NOT_FOUND;
        if (status == HttpServletResponse.SC_INTERNAL_SERVER_ERROR && !RequestId.hasBegun(request)
            && request.getHeader("Authorization") != null) {
            // Nothing of the API has run: the server's login itself could not decode what was sent as one.
            status = HttpServletResponse.SC_UNAUTHORIZED;
        }
        write(request, response, status);
    }

    /** Answers with the problem that the status stands for. */
    static void write(HttpServletRequest request, HttpServletResponse response, int status) throws IOException {
        Problem problem = Problem.of(status, ProblemMapper.code(status), ProblemMapper.sentence(status),
            RequestId.of(request), List.of());
        response.setStatus(status);
        response.setContentType(Problem.MEDIA_TYPE);
        response.setCharacterEncoding("UTF-8");
        response.setHeader(RequestId.HEADER, problem.requestId());
        response.getWriter().write(Json.write(problem));
    }
}
