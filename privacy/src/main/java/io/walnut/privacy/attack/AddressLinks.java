package io.walnut.privacy.attack;

import io.walnut.contracts.Address;
import io.walnut.privacy.chain.PublicExit;
import io.walnut.privacy.chain.PublicTransfer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Addresses that belong to one person: those that send to each other, and the wallet that sends a claim for itself. A
 * person whom a company paid in public, or who exited from its deposit, is that company's.
 */
final class AddressLinks {

    private final Map<Address, Address> parent = new HashMap<>();
    private final Map<Address, Set<Integer>> companies = new HashMap<>();

    private AddressLinks() {
    }

    static AddressLinks of(View view) {
        var links = new AddressLinks();
        for (PublicTransfer transfer : view.chain.transfers()) {
            if (view.companyOf(transfer.from()) < 0 && view.companyOf(transfer.to()) < 0) {
                links.join(transfer.from(), transfer.to());
            }
        }
        for (Redemption redemption : view.redemptions) {
            var claim = redemption.claims().getFirst();
            if (!claim.relayed() && !redemption.isReclaim()) {
                links.join(redemption.recipient(), claim.transaction().sender());
            }
        }
        for (PublicTransfer transfer : view.chain.transfers()) {
            links.label(transfer.to(), view.companyOf(transfer.from()));
        }
        for (PublicExit exit : view.chain.exits()) {
            int deposit = view.depositOf(exit.deposit());
            links.label(exit.recipient(), deposit < 0 ? -1 : view.company[deposit]);
        }
        return links;
    }

    /** The same for all addresses of one person. */
    Address person(Address address) {
        Address root = address;
        while (parent.containsKey(root)) {
            root = parent.get(root);
        }
        return root;
    }

    Guesses labels(View view) {
        Guesses guesses = Guesses.none(view);
        for (int r = 0; r < view.redemptions.size(); r++) {
            Redemption redemption = view.redemptions.get(r);
            Set<Integer> labels = companies.getOrDefault(person(redemption.recipient()), Set.of());
            if (!redemption.isReclaim() && labels.size() == 1) {
                guesses.assertCompany(r, labels.iterator().next());
            }
        }
        return guesses;
    }

    private void join(Address a, Address b) {
        Address from = person(a);
        Address to = person(b);
        if (!from.equals(to)) {
            parent.put(from, to);
        }
    }

    private void label(Address address, int company) {
        if (company >= 0) {
            companies.computeIfAbsent(person(address), p -> new HashSet<>()).add(company);
        }
    }
}
