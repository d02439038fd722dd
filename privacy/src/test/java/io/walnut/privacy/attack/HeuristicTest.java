package io.walnut.privacy.attack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Keccak;
import io.walnut.privacy.chain.PublicChain;
import io.walnut.privacy.chain.PublicClaim;
import io.walnut.privacy.chain.PublicDeposit;
import io.walnut.privacy.chain.PublicExit;
import io.walnut.privacy.chain.PublicTransaction;
import io.walnut.privacy.chain.PublicTransfer;
import io.walnut.privacy.policy.ExactPolicy;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each heuristic on a handful of events where the right answer can be seen by eye. */
class HeuristicTest {

    private static final Instant START = Instant.parse("2026-03-02T10:00:00Z");
    private static final Address RELAYER = address("relayer");

    private final List<PublicDeposit> deposits = new ArrayList<>();
    private final List<PublicClaim> claims = new ArrayList<>();
    private final List<PublicExit> exits = new ArrayList<>();
    private final List<PublicTransfer> transfers = new ArrayList<>();

    @Test
    void anAmountThatOnlyOneDepositHasIsLinkedToIt() {
        deposit("a", 0, 4_321);
        deposit("b", 1, 1_000);
        deposit("c", 2, 1_000);
        claim("x", 5, 4_321);
        claim("y", 6, 1_000);
        assertArrayEquals(new int[] {0, -1}, guess(Heuristic.UNIQUE_AMOUNT).deposit());
    }

    @Test
    void redemptionsThatAddUpToADepositInOneWayAreLinkedToIt() {
        deposit("a", 0, 7_777);
        deposit("b", 1, 9_000);
        claim("w", 3, 1_111);
        claim("v", 4, 123);
        claim("x", 5, 2_222);
        claim("y", 6, 50);
        claim("z", 7, 4_444);
        assertArrayEquals(new int[] {0, -1, 0, -1, 0}, guess(Heuristic.AMOUNT_SUMS).deposit());
    }

    @Test
    void redemptionsThatAddUpInTwoWaysAreNotLinked() {
        deposit("a", 0, 300);
        claim("w", 3, 100);
        claim("v", 4, 7);
        claim("x", 5, 200);
        claim("y", 6, 9);
        claim("z", 7, 200);
        assertArrayEquals(new int[] {-1, -1, -1, -1, -1}, guess(Heuristic.AMOUNT_SUMS).deposit());
    }

    @Test
    void firstInFirstOutDrainsTheOldestDeposit() {
        deposit("a", 0, 100);
        deposit("b", 1, 500);
        claim("x", 3, 80);
        claim("y", 4, 80);
        claim("z", 5, 20);
        assertArrayEquals(new int[] {0, 1, 0}, guess(Heuristic.FIFO).deposit());
    }

    @Test
    void theLatestDepositThatIsLargeEnoughIsNamed() {
        deposit("a", 0, 500);
        deposit("b", 1, 50);
        claim("x", 3, 80);
        claim("y", 4, 20);
        assertArrayEquals(new int[] {0, 1}, guess(Heuristic.LATEST_DEPOSIT).deposit());
    }

    @Test
    void anAddressThatACompanyPaidInPublicIsThatCompanysAlsoThroughASecondAddress() {
        deposit("a", 0, 500);
        deposit("b", 1, 500);
        transfers.add(new PublicTransfer(address("b"), address("old"), START));
        transfers.add(new PublicTransfer(address("fresh"), address("old"), START));
        claim("fresh", 3, 80);
        claim("other", 4, 80);
        assertArrayEquals(new int[] {1, -1}, guess(Heuristic.ADDRESSES).company());
    }

    @Test
    void anExitGivesAwayTheOtherPaymentsOfItsRecipient() {
        deposit("a", 0, 500);
        deposit("b", 1, 500);
        exits.add(new PublicExit(deposits.get(1).id(), address("key"), address("x"), Address.ZERO, BigInteger.TEN, START));
        claim("x", 3, 80);
        assertArrayEquals(new int[] {1}, guess(Heuristic.ADDRESSES).company());
    }

    @Test
    void aRelayerThatReclaimsForOneCompanyOnlyIsThatCompanys() {
        deposit("a", 0, 5_000);
        deposit("b", 1, 5_000);
        for (int i = 0; i < 3; i++) {
            claim("a", 10 + i, 10 + i, address("relayer of a"));
            claim(i == 0 ? "a" : "b", 20 + i, 20 + i, RELAYER);
        }
        claim("x", 30, 80, address("relayer of a"));
        claim("y", 31, 80, RELAYER);
        int[] companies = guess(Heuristic.GAS_FINGERPRINT).company();
        assertEquals(0, companies[6]);
        assertEquals(-1, companies[7]);
    }

    @Test
    void aReclaimAtTheExpiryOfADepositLeavesWhatWasPaid() {
        deposit("a", 0, 1_000);
        deposit("b", 1, 1_000);
        claim("x", 5, 730);
        claim("b", 1 + 30 * 24, 270);
        assertArrayEquals(new int[] {1, -1}, guess(Heuristic.RECLAIMS).deposit());
    }

    private Guesses guess(Heuristic heuristic) {
        return heuristic.guess(new View(new PublicChain(deposits, claims, exits, transfers)), new ExactPolicy());
    }

    private void deposit(String company, int hour, long amount) {
        deposits.add(new PublicDeposit(hash("deposit" + deposits.size()), address(company), Address.ZERO,
                BigInteger.valueOf(amount), START.plus(Duration.ofHours(hour))));
    }

    private void claim(String recipient, int hour, long amount) {
        claim(recipient, hour, amount, RELAYER);
    }

    private void claim(String recipient, int hour, long amount, Address relayer) {
        String key = "claim" + claims.size();
        claims.add(new PublicClaim(address(key), address(recipient), Address.ZERO, BigInteger.valueOf(amount), true,
                START.plus(Duration.ofHours(hour)), new PublicTransaction(hash(key), relayer, 1, 120)));
    }

    private static Address address(String name) {
        return Address.of(Arrays.copyOf(hash(name).bytes(), Address.LENGTH));
    }

    private static Bytes32 hash(String name) {
        return Keccak.hash(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
