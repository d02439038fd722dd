package io.walnut.ejb.secret;

import io.walnut.ejb.audit.Journal;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Seals under the newest key what an older one has sealed. Each call is one transaction over some rows: a crash loses
 * only that, and nodes take different rows.
 */
@Stateless
public class Resealing {
    private static final System.Logger LOG = System.getLogger(Resealing.class.getName());
    private static final int ROWS_AT_ONCE = 50;

    @Resource(lookup = "java:jboss/datasources/walnut")
    private DataSource dataSource;
    @EJB
    private Journal journal;
    @Inject
    private Sealer sealer;

    /** A sealed secret and the id of its row. */
    private record Row(String id, byte[] sealed) {
    }

    /** @return the last id that was looked at, from which to go on; null when the end is reached */
    public String resealSome(SealedColumn column, String after) {
        int key = sealer.sealingKey();
        try (Connection connection = dataSource.getConnection()) {
            List<Row> rows = stale(connection, column, after, key);
            int resealed = 0;
            try (PreparedStatement update = connection.prepareStatement(column.update())) {
                for (Row row : rows) {
                    resealed += reseal(update, row) ? 1 : 0;
                }
            }
            if (resealed > 0) {
                journal.record("secrets.resealed", Journal.SYSTEM, column.table(), null,
                    Map.of("key", key, "count", resealed));
            }
            return rows.size() < ROWS_AT_ONCE ? null : rows.get(rows.size() - 1).id();
        } catch (SQLException e) {
            throw new IllegalStateException("secrets in " + column.table() + " could not be sealed anew", e);
        }
    }

    /** How many secrets are not under the newest key. */
    public long stale() {
        long stale = 0;
        try (Connection connection = dataSource.getConnection()) {
            for (SealedColumn column : SealedColumn.ALL) {
                try (PreparedStatement count = connection.prepareStatement(column.countStale())) {
                    count.setBytes(1, new byte[] {(byte) sealer.sealingKey()});
                    try (ResultSet found = count.executeQuery()) {
                        found.next();
                        stale += found.getLong(1);
                    }
                }
            }
            return stale;
        } catch (SQLException e) {
            throw new IllegalStateException("sealed secrets could not be counted", e);
        }
    }

    private static List<Row> stale(Connection connection, SealedColumn column, String after, int key)
        throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(column.selectStale())) {
            select.setString(1, after);
            select.setBytes(2, new byte[] {(byte) key});
            select.setInt(3, ROWS_AT_ONCE);
            var rows = new ArrayList<Row>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    rows.add(new Row(found.getString(1), found.getBytes(2)));
                }
            }
            return rows;
        }
    }

    /** A row that no key opens stays as it is, and holds up no other. */
    private boolean reseal(PreparedStatement update, Row row) throws SQLException {
        byte[] secret;
        try {
            secret = sealer.open(row.sealed(), row.id());
        } catch (IllegalStateException e) {
            LOG.log(System.Logger.Level.WARNING, "not sealed anew: {0}", e.getMessage());
            return false;
        }
        try {
            update.setBytes(1, sealer.seal(secret, row.id()));
            update.setString(2, row.id());
            return update.executeUpdate() == 1;
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }
}
