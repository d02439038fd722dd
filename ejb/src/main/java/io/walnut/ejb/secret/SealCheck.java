package io.walnut.ejb.secret;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Refuses to start with sealing keys that open nothing of what the database holds. The server makes a new key store
 * where it finds none, so without this a lost file would show only when the first link is revealed, and what was sealed
 * meanwhile would be lost again when the file is put back.
 */
@Singleton
@Startup
@DependsOn("Migrations")
public class SealCheck {
    private static final System.Logger LOG = System.getLogger(SealCheck.class.getName());

    @Resource(lookup = "java:jboss/datasources/walnut")
    private DataSource dataSource;
    @Inject
    private Sealer sealer;

    /** One secret of each key that has sealed any in a table. */
    @PostConstruct
    void check() {
        int opened = 0;
        List<String> closed = new ArrayList<>();
        try (Connection connection = dataSource.getConnection()) {
            for (SealedColumn column : SealedColumn.ALL) {
                try (PreparedStatement select = connection.prepareStatement(column.selectSamples());
                    ResultSet found = select.executeQuery()) {
                    while (found.next()) {
                        if (sealer.opens(found.getBytes(2), found.getString(1))) {
                            opened++;
                        } else {
                            closed.add(column.table() + " " + found.getString(1) + " (key walnut-"
                                + (found.getBytes(2)[0] & 0xff) + ")");
                        }
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("sealed secrets could not be read", e);
        }
        if (!closed.isEmpty() && opened == 0) {
            throw refusal(closed);
        }
        closed.forEach(row -> LOG.log(System.Logger.Level.WARNING, "no sealing key opens the secret of {0}: put the"
            + " key back into {1}, or restore the row", row, sealer.location()));
    }

    private IllegalStateException refusal(List<String> closed) {
        String message = "The sealing keys in " + sealer.location() + " open none of the secrets in the database, such as"
            + " that of " + closed.get(0) + ". The file was lost and made anew, or belongs to another database. Stop the"
            + " server, restore walnut-secrets.cs from its backup to this place (or the database that belongs to it),"
            + " and start again. Nothing was changed.";
        LOG.log(System.Logger.Level.ERROR, message);
        return new IllegalStateException(message);
    }
}
