package io.walnut.devnet.launch;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.List;

/** A PostgreSQL on 127.0.0.1 for one portal, in a folder that goes with it. */
final class Postgres implements AutoCloseable {

    private static final String USER = "postgres";

    private final EmbeddedPostgres server;

    private Postgres(EmbeddedPostgres server) {
        this.server = server;
    }

    /** A commit is on the disk when it returns, as in production: the library would leave that out. */
    static Postgres start() {
        try {
            return new Postgres(EmbeddedPostgres.builder().setPort(Arguments.freePort())
                    .setServerConfig("fsync", "on").setServerConfig("synchronous_commit", "on").start());
        } catch (IOException e) {
            throw new LaunchException("PostgreSQL cannot be started: " + e.getMessage(), e);
        }
    }

    /** The portal's system properties for it. */
    List<String> settings() {
        return List.of("-Dwalnut.database.driver=postgresql",
                "-Dwalnut.database.url=" + server.getJdbcUrl(USER, USER),
                "-Dwalnut.database.user=" + USER, "-Dwalnut.database.password=" + USER);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new LaunchException("PostgreSQL cannot be stopped: " + e.getMessage(), e);
        }
    }
}
