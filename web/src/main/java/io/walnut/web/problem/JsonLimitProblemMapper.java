package io.walnut.web.problem;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** The server has a mapper of its own for this exception, which would otherwise be the closer one. */
@Provider
@Priority(1)
public class JsonLimitProblemMapper implements ExceptionMapper<StreamConstraintsException> {
    private final ProblemMapper all = new ProblemMapper();

    @Override
    public Response toResponse(StreamConstraintsException e) {
        return all.toResponse(e);
    }
}
