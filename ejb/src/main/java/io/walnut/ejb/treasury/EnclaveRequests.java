package io.walnut.ejb.treasury;

import io.walnut.contracts.Bytes32;
import io.walnut.contracts.VoucherRequest;
import io.walnut.ejb.audit.Journal;
import io.walnut.ejb.chain.ChainTransaction;
import io.walnut.ejb.chain.EscrowSettings;
import io.walnut.ejb.chain.Outbox;
import io.walnut.ejb.chain.Sender;
import io.walnut.ejb.chain.TransactionOutcome;
import io.walnut.ejb.iexec.IexecException;
import io.walnut.ejb.iexec.SigningKey;
import io.walnut.ejb.iexec.hub.Funds;
import io.walnut.ejb.iexec.hub.HubCall;
import io.walnut.ejb.iexec.hub.Matching;
import io.walnut.ejb.iexec.market.OfferSearch;
import io.walnut.ejb.iexec.order.RequestOrder;
import io.walnut.ejb.iexec.order.SignedOrder;
import io.walnut.ejb.iexec.order.TaskRequest;
import io.walnut.ejb.iexec.result.ResultKey;
import io.walnut.ejb.iexec.sms.SecretAnswer;
import io.walnut.ejb.iexec.sms.Sms;
import io.walnut.ejb.link.LinkStore;
import io.walnut.ejb.secret.SecretStore;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The first half of a task: from a final deposit to a deal on the hub. Each step stores what it means first. */
@Stateless
public class EnclaveRequests {
    static final String RESULT_KEY = "iexec-result-key";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int AT_ONCE = 10;
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(15);
    private static final Duration UNAVAILABLE = Duration.ofSeconds(5);
    private static final String MATCH = "match:";
    private static final String STAKE = "stake:";

    @EJB
    private EnclaveTasks tasks;
    @EJB
    private BatchStore batches;
    @EJB
    private BatchLife life;
    @EJB
    private LinkStore links;
    @EJB
    private SeedVault vault;
    @EJB
    private SecretStore secrets;
    @EJB
    private Outbox outbox;
    @EJB
    private Journal journal;
    @Inject
    private Iexec iexec;
    @Inject
    private EscrowSettings escrow;

    /** Stores what will be asked for the deposits that are final. */
    public void prepare() {
        for (FundingDeposit deposit : tasks.takeUnasked(AT_ONCE)) {
            prepare(deposit);
        }
    }

    public void prepare(FundingDeposit deposit) {
        byte[] salt = new byte[Bytes32.LENGTH];
        RANDOM.nextBytes(salt);
        var stored = new StoredRequest(iexec.terms(), Bytes32.of(salt));
        TaskRequest request = iexec.request(stored.terms(), stored.salt());
        int attempt = tasks.latest(deposit.id()).map(EnclaveTask::attempt).orElse(0) + 1;
        tasks.add(new EnclaveTask(deposit.id(), attempt, stored.json(), request.deal().value(),
            request.task().value()));
        deposit.computing();
        life.follow(deposit.batchId());
        journal.record("task.prepared", Journal.SYSTEM, deposit.id(), deposit.batchId(),
            Map.of("attempt", attempt, "task_id", request.task().value().toString()));
    }

    /**
     * Gives one task's secrets to the SMS. Names are the task's own, so that storing them again does no harm.
     *
     * @return whether to go on with the next one at once
     */
    public boolean storeSecrets() {
        return one(EnclaveTask.State.PREPARED, this::storeSecrets);
    }

    /** Whoever waits is told why; and one task that cannot go on holds up no other. */
    private boolean one(EnclaveTask.State state, Consumer<EnclaveTask> step) {
        for (EnclaveTask task : tasks.takeDue(state, 1)) {
            try {
                step.accept(task);
                return true;
            } catch (IexecException e) {
                task.later(UNAVAILABLE, e.getMessage());
            }
        }
        return false;
    }

    private void storeSecrets(EnclaveTask task) {
        FundingDeposit deposit = batches.deposit(task.depositId());
        StoredRequest stored = StoredRequest.parse(task.request());
        List<String> names = iexec.request(stored.terms(), stored.salt()).secretNames();
        Sms sms = iexec.client().sms();
        SigningKey requester = iexec.requester();
        SecretAnswer answer = sms.storeResultKey(requester, resultKey());
        byte[] saltKey = vault.saltKey(deposit);
        try (var request = voucherRequest(deposit, saltKey)) {
            List<byte[]> chunks = request.encode();
            try {
                for (int i = 0; i < chunks.size() && answer.isStored(); i++) {
                    answer = sms.storeRequesterSecret(requester, names.get(i), chunks.get(i));
                }
            } finally {
                chunks.forEach(chunk -> Arrays.fill(chunk, (byte) 0));
            }
        } finally {
            Arrays.fill(saltKey, (byte) 0);
        }
        if (answer instanceof SecretAnswer.Refused refused) {
            task.later(LATER, refused.message());
        } else {
            task.requested();
        }
    }

    private VoucherRequest voucherRequest(FundingDeposit deposit, byte[] saltKey) {
        List<VoucherRequest.Item> items = links.notesOfDeposit(deposit.id()).stream()
            .map(n -> new VoucherRequest.Item(n.linkKey(), n.amount())).toList();
        return new VoucherRequest(escrow.domain(), deposit.token(), deposit.amount(), deposit.notesRoot(), saltKey,
            items);
    }

    /** Makes the result key before anybody waits for it: that takes seconds. */
    public void makeResultKey() {
        if (!secrets.has(RESULT_KEY)) {
            resultKey();
        }
    }

    /** The key that results are encrypted to; made at its first use. */
    public ResultKey resultKey() {
        byte[] der = secrets.getOrMake(RESULT_KEY, () -> ResultKey.generate().pkcs8());
        try {
            return ResultKey.of(der);
        } finally {
            Arrays.fill(der, (byte) 0);
        }
    }

    /** Has one task's orders matched on the hub. @return whether to go on with the next one at once */
    public boolean match() {
        return one(EnclaveTask.State.REQUESTED, this::match);
    }

    private void match(EnclaveTask task) {
        StoredRequest stored = StoredRequest.parse(task.request());
        SignedOrder<RequestOrder> order = SignedOrder.sign(iexec.request(stored.terms(), stored.salt()).order(),
            iexec.client().hub().domain(), iexec.requester());
        if (iexec.client().matching().find(order).isPresent()) {
            task.running();
            return;
        }
        switch (iexec.client().offers().search(order.order(), Set.of())) {
            case OfferSearch.Found.Missing missing -> task.later(LATER, missing.message());
            case OfferSearch.Found.Complete found ->
                follow(task, iexec.client().matching().plan(order, found.offer(),
                    tasks.count(EnclaveTask.State.REQUESTED)));
        }
    }

    private void follow(EnclaveTask task, Matching.Plan plan) {
        switch (plan) {
            case Matching.Plan.Matched ignored -> task.running();
            case Matching.Plan.Ready ready -> {
                send(MATCH + task.id(), ready.call());
                task.later(SOON, null);
            }
            case Matching.Plan.Unfunded unfunded -> {
                if (unfunded.check() instanceof Funds.Check.DepositNeeded needed) {
                    stake(task, needed.deposit());
                    task.later(SOON, null);
                } else {
                    task.later(LATER, unfunded.check().explain(iexec.requester().address()));
                }
            }
            case Matching.Plan.Impossible impossible -> task.later(LATER, impossible.message());
        }
    }

    /** A match that was mined, and after a reorganisation was refused, has left a task without a deal. */
    public void take(@Observes TransactionOutcome outcome) {
        if (outcome.purpose().startsWith(MATCH) && (outcome.state() == ChainTransaction.State.REVERTED
            || outcome.state() == ChainTransaction.State.REJECTED)) {
            tasks.find(outcome.purpose().split(":")[1]).filter(t -> t.state() == EnclaveTask.State.RUNNING)
                .ifPresent(EnclaveTask::unmatched);
        }
    }

    /** One deposit at a time, and again when another task has used what was deposited for this one. */
    private void stake(EnclaveTask task, HubCall call) {
        if (!outbox.hasUnderWay(STAKE)) {
            outbox.enqueueNext(STAKE + task.id(), Sender.REQUESTER, call.to(), call.value(), call.dataBytes());
        }
    }

    private void send(String purpose, HubCall call) {
        outbox.enqueueAgain(purpose, Sender.REQUESTER, call.to(), call.value(), call.dataBytes());
    }
}
