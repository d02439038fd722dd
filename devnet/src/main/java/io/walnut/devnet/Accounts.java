package io.walnut.devnet;

import io.walnut.contracts.Address;
import io.walnut.devnet.rpc.Account;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Who is who on the devnet: accounts of the standard test mnemonic, each with 10,000 coins.
 *
 * @param owner deploys everything and owns the hub and the escrow
 * @param guardian may pause the escrow
 * @param free belong to nobody: for people and tests
 */
public record Accounts(Account owner, Account guardian, Account scheduler, Account worker, Account appDeveloper,
        Account datasetOwner, Account requester, Account treasury, Account relayer, List<Account> free) {

    private static final int NAMED = 9;
    /** As many as anvil funds. */
    private static final int ALL = 20;

    public static Accounts ofTestMnemonic() {
        var all = IntStream.range(0, ALL).mapToObj(Account::ofIndex).toList();
        return new Accounts(all.get(0), all.get(1), all.get(2), all.get(3), all.get(4), all.get(5), all.get(6),
                all.get(7), all.get(8), all.subList(NAMED, ALL));
    }

    /** All who get RLC at the start; the owner holds the rest of the supply. */
    public List<Address> withRlc() {
        return Stream.concat(Stream.of(scheduler, worker, appDeveloper, datasetOwner, requester, treasury), free.stream())
                .map(Account::address).toList();
    }
}
