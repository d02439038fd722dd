package io.walnut.ejb.secret;

/**
 * A column that holds sealed secrets, each bound to its row's id. Entities must not write it again: the row may have been
 * sealed anew since it was read.
 */
record SealedColumn(String table, String id, String column) {
    /** All of them. */
    static final SealedColumn[] ALL = {new SealedColumn("batch", "id", "sealed_seed"),
        new SealedColumn("webhook_endpoint", "id", "sealed_secret"), new SealedColumn("sealed_secret", "name", "sealed")};

    /** The next rows after an id that another key than the given one has sealed, skipping what others work on. */
    String selectStale() {
        return "select " + id + ", " + column + " from " + table + " where " + id + " > ? and substring(" + column
            + " from 1 for 1) <> ? order by " + id + " limit ? for update skip locked";
    }

    /** The first row of each key that has sealed any. */
    String selectSamples() {
        return "select " + id + ", " + column + " from " + table + " where " + id + " in (select min(" + id + ") from "
            + table + " group by substring(" + column + " from 1 for 1)) order by " + id;
    }

    String countStale() {
        return "select count(*) from " + table + " where substring(" + column + " from 1 for 1) <> ?";
    }

    String update() {
        return "update " + table + " set " + column + " = ? where " + id + " = ?";
    }
}
