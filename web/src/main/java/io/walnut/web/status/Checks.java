package io.walnut.web.status;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.walnut.ejb.health.PortalHealth.ChainReport;
import io.walnut.ejb.health.PortalHealth.Report;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Checks in the form of MicroProfile Health. The server's own implementation finds no checks in the parts of an EAR, so
 * the portal answers itself. A node is ready while database and chain answer; low wallets and an iExec that does not
 * answer only show, for the node can do all else, and another node has the same wallets.
 *
 * @param status UP when all checks are
 */
public record Checks(String status, List<Check> checks) {
    private static final String UP = "UP";
    private static final String DOWN = "DOWN";

    /** @param status UP or DOWN @param data flat details */
    public record Check(String name, String status, Map<String, Object> data) {
    }

    static Checks live() {
        return of(List.of(new Check("portal", UP, Map.of())));
    }

    static Checks ready(Report health) {
        return of(List.of(
            new Check("database", upper(health.database()), Map.of()),
            new Check("chain", upper(health.chain().status()), chain(health.chain())),
            new Check("iexec", UP, Map.of("answers", health.iexec().status().equals("up"),
                "gas", word(health.iexec().gas()), "rlc", word(health.iexec().rlc()))),
            new Check("relayer", UP, Map.of("wallet", word(health.relayer().status()))),
            new Check("treasury", UP, Map.of("wallet", word(health.treasury().status())))));
    }

    private static Checks of(List<Check> checks) {
        return new Checks(checks.stream().allMatch(c -> c.status().equals(UP)) ? UP : DOWN, checks);
    }

    private static Map<String, Object> chain(ChainReport chain) {
        var data = new TreeMap<String, Object>();
        if (chain.head() != null) {
            data.put("head", chain.head());
            data.put("finalized", chain.finalized());
            data.put("blocks_to_finality", chain.head() - chain.finalized());
        }
        if (chain.warning() != null) {
            data.put("warning", chain.warning());
        }
        return data;
    }

    private static String upper(String status) {
        return status.equals("up") ? UP : DOWN;
    }

    private static String word(String status) {
        return status == null ? "none" : status;
    }

    @JsonIgnore
    public boolean isUp() {
        return status.equals(UP);
    }
}
