package io.walnut.devnet.launch;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the demo's file says each payee is owed. Read apart from the portal, which has accepted the file
 * by then: the demo would prove little if it compared balances with what the portal made of it.
 */
final class Payees {

    private static final int ETHER_DECIMALS = 18;

    private Payees() {
    }

    /** @return wei by reference, in the file's order; columns {@code reference,amount}, without quotes */
    static Map<String, BigInteger> read(String csv) {
        if (!csv.lines().findFirst().orElse("").strip().equals("reference,amount")) {
            throw new LaunchException("the demo's file must begin with the line reference,amount");
        }
        var owed = new LinkedHashMap<String, BigInteger>();
        for (String line : csv.lines().skip(1).filter(row -> !row.isBlank()).toList()) {
            String[] cells = line.split(",", -1);
            if (cells.length != 2 || owed.containsKey(cells[0].strip())) {
                throw new LaunchException("the demo reads files with the columns reference,amount, each reference once");
            }
            owed.put(cells[0].strip(),
                    new BigDecimal(cells[1].strip()).movePointRight(ETHER_DECIMALS).toBigIntegerExact());
        }
        return owed;
    }
}
