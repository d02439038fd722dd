package io.walnut.privacy.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.privacy.chain.PublicChain;
import io.walnut.privacy.chain.PublicClaim;
import io.walnut.privacy.chain.PublicDeposit;
import io.walnut.privacy.report.Grid;
import io.walnut.privacy.simulation.Traffic.Origin;
import java.math.BigInteger;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SimulationTest {

    private static final TrafficModel MODEL = TrafficModel.DEFAULT.withDays(60, 20);
    private static final Traffic TRAFFIC = Simulation.run(MODEL, Grid.recommended(Asset.USDC), 5);
    private static final PublicChain CHAIN = TRAFFIC.chain();

    @Test
    void theSameSeedGivesTheSameTraffic() {
        assertEquals(TRAFFIC, Simulation.run(MODEL, Grid.recommended(Asset.USDC), 5));
        assertNotEquals(CHAIN.deposits(), Simulation.run(MODEL, Grid.recommended(Asset.USDC), 6).chain().deposits());
    }

    @Test
    void aDepositNeverPaysOutMoreThanItHolds() {
        var left = new HashMap<Bytes32, BigInteger>();
        CHAIN.deposits().forEach(d -> left.put(d.id(), d.amount()));
        CHAIN.claims().forEach(c -> left.merge(TRAFFIC.truth().get(c.linkKey()).deposit(), c.amount().negate(), BigInteger::add));
        CHAIN.exits().forEach(e -> left.merge(e.deposit(), e.amount().negate(), BigInteger::add));
        assertFalse(CHAIN.exits().isEmpty());
        assertTrue(left.values().stream().allMatch(rest -> rest.signum() >= 0));
    }

    @Test
    void noNoteIsRedeemedTwice() {
        var seen = new HashSet<Address>();
        assertTrue(CHAIN.claims().stream().allMatch(c -> seen.add(c.linkKey())));
        assertTrue(CHAIN.exits().stream().allMatch(e -> seen.add(e.linkKey())));
    }

    @Test
    void aClaimComesAfterItsVoucher() {
        Map<Bytes32, PublicDeposit> deposits =
                CHAIN.deposits().stream().collect(Collectors.toMap(PublicDeposit::id, Function.identity()));
        for (PublicClaim claim : CHAIN.claims()) {
            PublicDeposit deposit = deposits.get(TRAFFIC.truth().get(claim.linkKey()).deposit());
            assertTrue(Duration.between(deposit.time(), claim.time()).compareTo(Duration.ofMinutes(20)) >= 0);
            assertEquals(deposit.token(), claim.token());
        }
    }

    @Test
    void relayedClaimsAllLookAlike() {
        assertEquals(1, CHAIN.claims().stream().filter(PublicClaim::relayed)
                .map(c -> c.transaction().sender() + " " + c.transaction().priorityFee() + " " + c.transaction().gasMargin())
                .distinct().count());
    }

    @Test
    void theRelayerPaysNobodyAtAnAddressThatWasUsedBefore() {
        var payments = new HashMap<Address, Integer>();
        for (PublicClaim claim : CHAIN.claims()) {
            Origin origin = TRAFFIC.truth().get(claim.linkKey());
            if (claim.relayed() && !claim.recipient().equals(origin.company())) {
                Integer earlier = payments.put(claim.recipient(), origin.payment());
                assertTrue(earlier == null || earlier == origin.payment(), "address used for two payments");
            }
        }
    }
}
