package io.walnut.privacy.simulation;

import io.walnut.privacy.delay.RelayDelay;
import io.walnut.privacy.policy.Policy;
import java.time.Duration;
import java.util.Map;

/**
 * The rules under which traffic runs.
 *
 * @param name for tables
 * @param policies one for the chain's coin and one for a token worth a dollar
 * @param delay of relayed claims
 * @param lead the longest time between a deposit and the release of its links; it is drawn for each deposit
 * @param waiting the share of recipients who accept the delay; the others are paid at once
 * @param spreading the share of recipients who take the notes of a payment at several fresh addresses, each note after
 *     a delay of its own
 * @param freshAddresses whether the relayer asks for another address when the given one was seen before
 * @param sharedRelayer whether all companies' claims go through one relayer with one gas setting, or each company runs
 *     its own
 */
public record Scenario(String name, Map<Asset, Policy> policies, RelayDelay delay, Duration lead, double waiting, double spreading,
        boolean freshAddresses, boolean sharedRelayer) {

    private static final double SPREADING = 0.1;

    public Scenario {
        policies = Map.copyOf(policies);
        if (policies.size() != 2 || policies.keySet().stream().filter(a -> a.token().isZero()).count() != 1) {
            throw new IllegalArgumentException("a scenario has a policy for the chain's coin and one for a token");
        }
    }

    /** In which salaries, invoices and refunds are paid. */
    Asset stable() {
        return policies.keySet().stream().filter(asset -> !asset.token().isZero()).findFirst().orElseThrow();
    }

    /** In which grants are paid. */
    Asset coin() {
        return policies.keySet().stream().filter(asset -> asset.token().isZero()).findFirst().orElseThrow();
    }

    /** All recommended measures around a policy and a delay. */
    public static Scenario of(String name, Map<Asset, Policy> policies, RelayDelay delay) {
        return new Scenario(name, policies, delay, Duration.ZERO, 1, SPREADING, true, true);
    }

    public Scenario named(String other) {
        return new Scenario(other, policies, delay, lead, waiting, spreading, freshAddresses, sharedRelayer);
    }

    public Scenario withPolicies(Map<Asset, Policy> others) {
        return new Scenario(name, others, delay, lead, waiting, spreading, freshAddresses, sharedRelayer);
    }

    public Scenario withLead(Duration longest) {
        return new Scenario(name, policies, delay, longest, waiting, spreading, freshAddresses, sharedRelayer);
    }

    public Scenario withWaiting(double share) {
        return new Scenario(name, policies, delay, lead, share, spreading, freshAddresses, sharedRelayer);
    }

    public Scenario withSpreading(double share) {
        return new Scenario(name, policies, delay, lead, waiting, share, freshAddresses, sharedRelayer);
    }

    public Scenario withAnyAddress() {
        return new Scenario(name, policies, delay, lead, waiting, spreading, false, sharedRelayer);
    }

    public Scenario withOwnRelayers() {
        return new Scenario(name, policies, delay, lead, waiting, spreading, freshAddresses, false);
    }
}
