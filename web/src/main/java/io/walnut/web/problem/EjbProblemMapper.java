package io.walnut.web.problem;

import jakarta.annotation.Priority;
import jakarta.ejb.EJBException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** The server has a mapper of its own for this exception, which would otherwise be the closer one. */
@Provider
@Priority(1)
public class EjbProblemMapper implements ExceptionMapper<EJBException> {
    private final ProblemMapper all = new ProblemMapper();

    @Override
    public Response toResponse(EJBException e) {
        return all.toResponse(e);
    }
}
