package io.walnut.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.stream.Stream;

/** Who calls. */
@RequestScoped
public class Caller {
    public static final String TREASURER = "treasurer";
    public static final String APPROVER = "approver";
    public static final String AUDITOR = "auditor";

    @Inject
    private HttpServletRequest request;

    public String name() {
        return request.getUserPrincipal().getName();
    }

    public List<String> roles() {
        return Stream.of(TREASURER, APPROVER, AUDITOR).filter(request::isUserInRole).toList();
    }
}
