package io.walnut.web.status;

import io.walnut.web.Caller;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

@Path("me")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class MeResource {
    @Inject
    private Caller caller;

    public record Me(String name, List<String> roles) {
    }

    @GET
    public Me get() {
        return new Me(caller.name(), caller.roles());
    }
}
