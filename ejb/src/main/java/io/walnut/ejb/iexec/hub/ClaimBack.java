package io.walnut.ejb.iexec.hub;

import static io.walnut.ejb.iexec.hub.HubAbi.word;

import io.walnut.ejb.iexec.order.TaskId;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Gets the money of a task back that did not complete until its final deadline. */
public final class ClaimBack {

    private final Hub hub;

    public ClaimBack(Hub hub) {
        this.hub = hub;
    }

    /** What to do. */
    public sealed interface Plan {

        /** The task still has time; before {@code finalDeadline} the hub refuses. */
        record NotYet(Instant finalDeadline) implements Plan {
        }

        /** Send it: the task becomes FAILED, and its price returns to who paid. */
        record Claim(HubCall call) implements Plan {
        }

        /** The task completed, or was claimed before, by whomever. */
        record Over(TaskState state) implements Plan {
        }
    }

    /**
     * @param limit {@link Hub#timeLimit} of the deal's category
     * @param chainTime the latest block's time; the machine's clock may be ahead of the chain
     */
    public Plan plan(Deal deal, TaskId task, Duration limit, Instant chainTime) {
        return plan(deal, hub.task(task), limit, chainTime);
    }

    /** {@link #plan} for a state that a tick just gave: asks nothing. */
    public Plan plan(Deal deal, TaskState state, Duration limit, Instant chainTime) {
        TaskId task = state.id();
        if (state.status().isFinal()) {
            return new Plan.Over(state);
        }
        Instant deadline = state.finalDeadline().orElse(deal.startTime().plus(limit));
        if (chainTime.isBefore(deadline)) {
            return new Plan.NotYet(deadline);
        }
        String purpose = "claim back iExec task " + task;
        return new Plan.Claim(state.status() == TaskStatus.UNSET
                ? HubCall.of(hub.address(), initializeAndClaim(deal, task), purpose)
                : HubCall.of(hub.address(), HubAbi.call("claim", word(task.value())), purpose));
    }

    /** A task that nobody began cannot be claimed; the hub begins and claims it in one call. */
    private static String initializeAndClaim(Deal deal, TaskId task) {
        for (int i = 0; BigInteger.valueOf(i).compareTo(deal.tasks()) < 0; i++) {
            if (deal.task(i).equals(task)) {
                BigInteger index = deal.firstTask().add(BigInteger.valueOf(i));
                return HubAbi.call("initializeAndClaimArray",
                        new DynamicArray<>(Bytes32.class, List.of(new Bytes32(deal.id().value().bytes()))),
                        new DynamicArray<>(Uint256.class, List.of(new Uint256(index))));
            }
        }
        throw new IllegalArgumentException("task " + task + " is not of deal " + deal.id());
    }
}
