package io.walnut.ejb.user;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;

/** Somebody who has called with a login. It grants nothing: it only tells who came with which roles. */
@Entity
@Table(name = "portal_user")
public class PortalUser {
    @Id
    private String name;
    private String roles;
    private Instant firstSeen;
    private Instant lastSeen;

    protected PortalUser() {
    }

    PortalUser(String name) {
        this.name = name;
        this.firstSeen = Instant.now();
    }

    void seen(List<String> with) {
        roles = String.join(",", with);
        lastSeen = Instant.now();
    }

    public String name() {
        return name;
    }

    /** Those of the last call. */
    public List<String> roles() {
        return roles.isEmpty() ? List.of() : List.of(roles.split(","));
    }

    public Instant firstSeen() {
        return firstSeen;
    }

    public Instant lastSeen() {
        return lastSeen;
    }
}
