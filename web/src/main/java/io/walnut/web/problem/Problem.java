package io.walnut.web.problem;

import io.walnut.ejb.metrics.Meters;
import io.walnut.ejb.shared.Refusal.FieldFault;
import io.walnut.ejb.shared.WorkId;
import io.walnut.web.json.Json;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** A problem document (RFC 9457) with a stable code. */
record Problem(String type, String title, int status, String code, String detail, String requestId,
    List<FieldFault> errors) {
    static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(int status, String code, String detail, String requestId, List<FieldFault> errors) {
        Meters.problem(code);
        String title = code.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + code.substring(1).replace('_', ' ');
        return new Problem("https://walnut.example/problems/" + code, title, status, code, detail, requestId, errors);
    }

    static Response response(int status, String code, String detail, List<FieldFault> errors) {
        var problem = of(status, code, detail, WorkId.current(), errors);
        return Response.status(status).type(MEDIA_TYPE).entity(Json.write(problem)).build();
    }

    static Response response(int status, String code, String detail) {
        return response(status, code, detail, List.of());
    }
}
