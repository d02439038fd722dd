package io.walnut.privacy.attack;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.privacy.chain.PublicChain;
import io.walnut.privacy.chain.PublicClaim;
import io.walnut.privacy.chain.PublicDeposit;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The events of one token, arranged for arithmetic. Amounts are divided by their greatest common divisor, and further by
 * a power of two where that is needed to fit in 62 bits.
 */
final class View {

    /** A voucher cannot exist sooner after its deposit. */
    static final long EARLIEST = Duration.ofMinutes(15).toSeconds();
    /** Older deposits are hardly ever the answer: links expire before. */
    static final long LATEST = Duration.ofDays(50).toSeconds();

    /** One more than an amount can have, so that amounts of coarser tokens fit when they are scaled. */
    private static final int MOST_BITS = 129;

    final PublicChain chain;
    final long[] depositTime;
    final long[] depositAmount;
    /** The depositor, numbered in the order of first deposits. */
    final int[] company;
    final int companies;
    final List<Redemption> redemptions;
    private final BigInteger unit;
    private final double unitAsDouble;
    private final double scale;
    private final Map<Address, Integer> companyOf = new HashMap<>();
    private final List<Address> depositors = new ArrayList<>();
    private final Map<Bytes32, Integer> depositOf = new HashMap<>();

    /** @param chain of one token */
    View(PublicChain chain) {
        this(chain, 0);
    }

    /** @param decimals by how many more decimals the token is divided than the one whose magnitudes are known */
    View(PublicChain chain, int decimals) {
        this.scale = Math.pow(10, -decimals);
        this.chain = chain;
        this.unit = unit(chain);
        this.unitAsDouble = unit.doubleValue();
        int count = chain.deposits().size();
        depositTime = new long[count];
        depositAmount = new long[count];
        company = new int[count];
        for (int d = 0; d < count; d++) {
            PublicDeposit deposit = chain.deposits().get(d);
            depositTime[d] = deposit.time().getEpochSecond();
            depositAmount[d] = units(deposit.amount());
            company[d] = companyOf.computeIfAbsent(deposit.depositor(), this::number);
            depositOf.put(deposit.id(), d);
        }
        companies = companyOf.size();
        redemptions = group(chain.claims());
    }

    private int number(Address depositor) {
        depositors.add(depositor);
        return depositors.size() - 1;
    }

    private List<Redemption> group(List<PublicClaim> claims) {
        var groups = new LinkedHashMap<List<Object>, List<PublicClaim>>();
        for (PublicClaim claim : claims) {
            groups.computeIfAbsent(List.of(claim.transaction().hash(), claim.recipient()), k -> new ArrayList<>())
                    .add(claim);
        }
        return groups.values().stream().map(this::redemption).toList();
    }

    private Redemption redemption(List<PublicClaim> claims) {
        PublicClaim first = claims.getFirst();
        BigInteger total = claims.stream().map(PublicClaim::amount).reduce(BigInteger.ZERO, BigInteger::add);
        return new Redemption(first.recipient(), units(total), first.time().getEpochSecond(), List.copyOf(claims),
                companyOf(first.recipient()));
    }

    long units(BigInteger amount) {
        return amount.divide(unit).longValueExact();
    }

    BigInteger amount(long units) {
        return unit.multiply(BigInteger.valueOf(units));
    }

    /** The number of bits of an amount in the smallest unit, or in that of the token whose magnitudes are known. */
    int bits(long units) {
        return Math.clamp(Math.getExponent(units * unitAsDouble * scale) + 1, 0, MOST_BITS);
    }

    /** @return −1 for an address that never deposited */
    int companyOf(Address address) {
        return companyOf.getOrDefault(address, -1);
    }

    Address depositor(int index) {
        return depositors.get(index);
    }

    /** @return −1 for an unknown deposit */
    int depositOf(Bytes32 id) {
        return depositOf.getOrDefault(id, -1);
    }

    /** The first deposit that is not too old for a claim at {@code time}. */
    int firstCandidate(long time) {
        return lowerBound(time - LATEST);
    }

    /** The deposit after the last that is old enough for a claim at {@code time}. */
    int endOfCandidates(long time) {
        return lowerBound(time - EARLIEST + 1);
    }

    /** The first deposit at {@code time} or later. */
    private int lowerBound(long time) {
        int low = 0;
        int high = depositTime.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (depositTime[middle] < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static BigInteger unit(PublicChain chain) {
        BigInteger divisor = BigInteger.ZERO;
        BigInteger total = BigInteger.ONE;
        for (PublicDeposit deposit : chain.deposits()) {
            divisor = divisor.gcd(deposit.amount());
            total = total.add(deposit.amount());
        }
        for (PublicClaim claim : chain.claims()) {
            divisor = divisor.gcd(claim.amount());
        }
        BigInteger unit = divisor.max(BigInteger.ONE);
        while (total.divide(unit).bitLength() > 62) {
            unit = unit.shiftLeft(1);
        }
        return unit;
    }
}
