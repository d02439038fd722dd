package io.walnut.ejb.treasury;

import io.walnut.contracts.Address;
import io.walnut.ejb.chain.Tokens;
import io.walnut.ejb.shared.Refusal;
import io.walnut.privacy.policy.Denominations;
import io.walnut.privacy.policy.DepositPlan;
import io.walnut.privacy.policy.ExactPolicy;
import io.walnut.privacy.policy.Policy;
import io.walnut.privacy.policy.PolicyRefusal;
import io.walnut.privacy.policy.StandardPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * How payments of each token become notes. The standard notes of a token are its 1-2-5 series between two amounts, by
 * {@code walnut.denominations} (comma separated {@code address:smallest:largest} in units of the token, the native
 * coin's address being zero), or else by its decimals.
 */
@ApplicationScoped
public class NotePolicies {
    /** With more decimals a token is a coin, whose unit is worth much. */
    private static final int STABLE_DECIMALS = 6;
    private static final Series STABLE = new Series(new BigDecimal("0.01"), new BigDecimal("100000"));
    private static final Series COIN = new Series(new BigDecimal("0.0001"), new BigDecimal("100"));
    private static final int MOST_FAULTS = 100;

    @Inject
    private Tokens tokens;
    @Inject
    @ConfigProperty(name = "walnut.denominations")
    private Optional<List<String>> configured;

    /** In units of the token. */
    private record Series(BigDecimal smallest, BigDecimal largest) {
    }

    public Policy policy(Batch.Policy policy, Address token) {
        return policy == Batch.Policy.EXACT ? new ExactPolicy()
            : new StandardPolicy(denominations(token), Optional.empty());
    }

    /**
     * The deposits that pay for some payments.
     *
     * @param field the name of the input that a payment's amount comes from, with its place as %d
     * @throws Refusal naming every payment whose amount the policy cannot carry
     */
    public List<DepositPlan> plans(Batch.Policy policy, Address token, List<BigInteger> amounts, String field) {
        check(policy, token, amounts, field);
        return policy(policy, token).plan(amounts);
    }

    /** The same without making them. */
    void check(Batch.Policy policy, Address token, List<BigInteger> amounts, String field) {
        Policy splitting = policy(policy, token);
        var faults = new ArrayList<Refusal.FieldFault>();
        for (int i = 0; i < amounts.size() && faults.size() < MOST_FAULTS; i++) {
            try {
                splitting.split(amounts.get(i));
            } catch (PolicyRefusal e) {
                faults.add(new Refusal.FieldFault(field.formatted(i), e.getMessage()));
            }
        }
        if (!faults.isEmpty()) {
            throw Refusal.invalid(faults);
        }
    }

    /** The token's standard notes. */
    public Denominations denominations(Address token) {
        int decimals = tokens.find(token).map(Tokens.Token::decimals).orElseThrow();
        Series series = series(token).orElse(isCoin(token) ? COIN : STABLE);
        return Denominations.oneTwoFive(units(series.smallest(), decimals), units(series.largest(), decimals));
    }

    /** Whether amounts of the token are like those of a coin, or else like those of a token worth a dollar. */
    public boolean isCoin(Address token) {
        return token.isZero() || tokens.find(token).map(Tokens.Token::decimals).orElseThrow() > STABLE_DECIMALS;
    }

    private Optional<Series> series(Address token) {
        for (String entry : configured.orElse(List.of())) {
            String[] parts = entry.strip().split(":");
            if (parts.length != 3) {
                throw new IllegalStateException("walnut.denominations: write address:smallest:largest, not " + entry);
            }
            if (Address.parse(parts[0]).equals(token)) {
                return Optional.of(new Series(new BigDecimal(parts[1]), new BigDecimal(parts[2])));
            }
        }
        return Optional.empty();
    }

    /** At least one: a token may have fewer decimals than the series. */
    private static BigInteger units(BigDecimal amount, int decimals) {
        return amount.scaleByPowerOfTen(decimals).toBigInteger().max(BigInteger.ONE);
    }
}
