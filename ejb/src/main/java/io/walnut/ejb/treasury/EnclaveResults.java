package io.walnut.ejb.treasury;

import io.walnut.contracts.Bytes32;
import io.walnut.contracts.EnclaveResult;
import io.walnut.contracts.KeyDerivation;
import io.walnut.contracts.Secp256k1;
import io.walnut.ejb.audit.Journal;
import io.walnut.ejb.chain.ChainTransaction;
import io.walnut.ejb.chain.EscrowChain;
import io.walnut.ejb.chain.EscrowSettings;
import io.walnut.ejb.chain.Outbox;
import io.walnut.ejb.chain.Sender;
import io.walnut.ejb.iexec.IexecException;
import io.walnut.ejb.iexec.hub.ClaimBack;
import io.walnut.ejb.iexec.hub.Deal;
import io.walnut.ejb.iexec.hub.TaskCursor;
import io.walnut.ejb.iexec.hub.TaskState;
import io.walnut.ejb.iexec.hub.TaskStatus;
import io.walnut.ejb.iexec.hub.TaskWatch;
import io.walnut.ejb.iexec.order.DealId;
import io.walnut.ejb.iexec.order.TaskId;
import io.walnut.ejb.iexec.result.ResultArchive;
import io.walnut.ejb.iexec.result.ResultGateways;
import io.walnut.ejb.link.LinkNote;
import io.walnut.ejb.link.LinkStore;
import io.walnut.ejb.link.PaymentLink;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The second half of a task: from a deal on the hub to vouchers that were checked, or to another attempt. */
@Stateless
public class EnclaveResults {
    private static final int MOST_OPEN = 10_000;
    private static final String CLAIM_BACK = "claim-back:";
    private static final Duration LATER = Duration.ofSeconds(5);
    /** Refusals that say nothing of the deposit, but that the chain's providers could not be asked, or lag behind. */
    private static final Set<String> PASSING = Set.of("PROVIDERS_UNREACHABLE", "PROVIDERS_DISAGREE",
        "PROOF_UNAVAILABLE", "DEPOSIT_NOT_FOUND");

    @PersistenceContext(unitName = "walnut")
    private EntityManager em;
    @EJB
    private EnclaveTasks tasks;
    @EJB
    private EnclaveRequests requests;
    @EJB
    private BatchStore batches;
    @EJB
    private BatchLife life;
    @EJB
    private LinkStore links;
    @EJB
    private SeedVault vault;
    @EJB
    private Outbox outbox;
    @EJB
    private Journal journal;
    @Inject
    private Iexec iexec;
    @Inject
    private EscrowSettings escrow;
    @Inject
    private EscrowChain chain;
    @Inject
    @ConfigProperty(name = "walnut.iexec.max-attempts", defaultValue = "3")
    private int maxAttempts;

    /** Looks at all open tasks with a few requests, however many they are; one node at a time. */
    public void watch() {
        Optional<IexecCursor> locked = lockCursor();
        if (locked.isEmpty()) {
            return;
        }
        var open = new LinkedHashMap<TaskId, EnclaveTask>();
        for (EnclaveTask task : tasks.in(EnclaveTask.State.RUNNING, MOST_OPEN)) {
            open.put(new TaskId(task.taskId()), task);
        }
        if (open.isEmpty()) {
            return;
        }
        TaskWatch.Tick tick = iexec.client().tasks().tick(locked.get().cursor(), open.keySet());
        tick.states().forEach((id, state) -> take(open.get(id), state, tick.chainTime()));
        locked.get().advance(tick.next());
    }

    private void take(EnclaveTask task, TaskState state, Instant chainTime) {
        if (state.status() == TaskStatus.COMPLETED) {
            task.computed();
        } else if (state.status() == TaskStatus.FAILED) {
            again(task, "task_failed", "The task did not complete in time; its price was claimed back.");
        } else if (mayBeOver(task, state, chainTime)) {
            claimBack(task, state, chainTime);
        } else {
            task.waits(stage(state));
        }
    }

    private static String stage(TaskState state) {
        String until = state.finalDeadline().map(d -> "; if it is not done by " + d
            + " its price is claimed back and it is asked again").orElse("");
        return switch (state.status()) {
            case UNSET -> "The worker pool's scheduler has not begun the task yet.";
            case ACTIVE -> "A worker computes the task" + until + '.';
            case REVEALING -> "The result is computed and about to be revealed" + until + '.';
            case COMPLETED, FAILED -> throw new IllegalArgumentException("the task is over");
        };
    }

    private boolean mayBeOver(EnclaveTask task, TaskState state, Instant chainTime) {
        return state.finalDeadline().map(chainTime::isAfter)
            .orElseGet(() -> chainTime.isAfter(task.createdAt().plus(timeLimit(task))));
    }

    private Duration timeLimit(EnclaveTask task) {
        return iexec.client().hub().timeLimit(StoredRequest.parse(task.request()).terms().category());
    }

    private void claimBack(EnclaveTask task, TaskState state, Instant chainTime) {
        if (outbox.findLast(CLAIM_BACK + task.id()).filter(ChainTransaction::mayMoveMoney).isPresent()) {
            return;
        }
        Optional<Deal> deal = iexec.client().hub().deal(new DealId(task.dealId()));
        if (deal.isEmpty()) {
            task.unmatched();
            return;
        }
        switch (iexec.client().claimBack().plan(deal.get(), state, timeLimit(task), chainTime)) {
            case ClaimBack.Plan.Claim claim -> {
                outbox.enqueueAgain(CLAIM_BACK + task.id(), Sender.REQUESTER, claim.call().to(),
                    claim.call().value(), claim.call().dataBytes());
                task.waits("The task did not complete by its final deadline; its price is being claimed back.");
            }
            case ClaimBack.Plan.NotYet ignored -> task.waits(stage(state));
            case ClaimBack.Plan.Over ignored -> throw new IllegalStateException("the task is over: " + state);
        }
    }

    /** Fetches one result, checks it, and makes its links ready. @return whether to go on with the next at once */
    public boolean collect() {
        for (EnclaveTask task : tasks.takeDue(EnclaveTask.State.COMPUTED, 1)) {
            try {
                collect(task);
                return true;
            } catch (IexecException e) {
                task.later(LATER, e.getMessage());
            }
        }
        return false;
    }

    private void collect(EnclaveTask task) {
        TaskState state = iexec.client().hub().task(new TaskId(task.taskId()));
        if (state.status() != TaskStatus.COMPLETED) {
            task.uncomputed();
        } else if (state.result().isEmpty()) {
            again(task, "result_missing", "The hub has no place for the task's result.");
        } else {
            switch (iexec.client().results().fetch(state.result().get())) {
                case ResultGateways.Download.NotAvailable missing -> waitForResult(task, state, missing);
                case ResultGateways.Download.Archive archive -> open(task, archive.bytes());
            }
        }
    }

    /** Files spread slowly, and gateways come back; but a batch does not wait for ever for what may be lost. */
    private void waitForResult(EnclaveTask task, TaskState state, ResultGateways.Download.NotAvailable missing) {
        Instant deadline = state.finalDeadline().orElseThrow();
        String attempts = String.join("; ", missing.attempts());
        if (iexec.client().tasks().chainTime().isAfter(deadline)) {
            again(task, "result_missing", "The task completed, but no gateway had its result by " + deadline + ": "
                + attempts + '.');
        } else {
            task.later(LATER, "No gateway has the result yet; if none has it by " + deadline
                + " it is asked again: " + attempts + '.');
        }
    }

    private void open(EnclaveTask task, byte[] archive) {
        switch (ResultArchive.open(archive, requests.resultKey())) {
            case ResultArchive.Opened.Unreadable unreadable ->
                again(task, unreadable.code().name().toLowerCase(java.util.Locale.ROOT), unreadable.message());
            case ResultArchive.Opened.Files files -> read(task, files.files().get(EnclaveResult.FILE_NAME));
        }
    }

    private void read(EnclaveTask task, byte[] file) {
        EnclaveResult result;
        try {
            result = EnclaveResult.decode(file == null ? new byte[0] : file);
        } catch (IllegalArgumentException e) {
            again(task, "result_malformed", "The task's result is not the enclave's.");
            return;
        }
        switch (result) {
            case EnclaveResult.Refused refused when PASSING.contains(refused.code()) -> again(task, "enclave_refused",
                "The enclave could not check the deposit: " + refused.code() + '.');
            case EnclaveResult.Refused refused -> giveUp(task, "enclave_refused",
                "The enclave refused to sign: " + refused.code() + '.');
            case EnclaveResult.Signed signed -> accept(task, signed);
        }
    }

    private void accept(EnclaveTask task, EnclaveResult.Signed signed) {
        FundingDeposit deposit = batches.deposit(task.depositId());
        List<LinkNote> notes = links.notesOfDeposit(deposit.id());
        var expected = new VoucherCheck.Expected(escrow.domain(), deposit, blinding(deposit), notes);
        Optional<String> fault = VoucherCheck.fault(signed, expected, Secp256k1.nativeLibrary());
        if (fault.isPresent()) {
            again(task, "vouchers_wrong", "The vouchers cannot be used: " + fault.get() + '.');
            return;
        }
        if (!chain.isSigner(signed.signer())) {
            giveUp(task, "signer_unknown", "The escrow does not know the signer " + signed.signer()
                + ": have it added to the escrow's signers, then retry.");
            return;
        }
        for (int i = 0; i < notes.size(); i++) {
            notes.get(i).vouched(signed.vouchers().get(i).signature());
        }
        for (PaymentLink link : links.ofDeposit(deposit.id())) {
            if (link.state() == PaymentLink.State.ISSUED) {
                link.becomeReady();
                journal.record("link.ready", Journal.SYSTEM, link.id(), link.batchId());
            }
        }
        task.completed();
        deposit.signed();
        life.follow(deposit.batchId());
    }

    private Bytes32 blinding(FundingDeposit deposit) {
        byte[] saltKey = vault.saltKey(deposit);
        try {
            return KeyDerivation.resultBlinding(saltKey);
        } finally {
            Arrays.fill(saltKey, (byte) 0);
        }
    }

    /** Another attempt, or the end when there were enough. */
    private void again(EnclaveTask task, String code, String message) {
        if (task.attempt() >= maxAttempts) {
            giveUp(task, code, message + " After " + task.attempt() + " attempts, retry it by hand.");
            return;
        }
        task.failed(code, message);
        FundingDeposit deposit = batches.deposit(task.depositId());
        journal.record("task.failed", Journal.SYSTEM, deposit.id(), deposit.batchId(),
            Map.of("attempt", task.attempt(), "code", code, "message", task.failureMessage()));
        deposit.failed();
        deposit.tryAgain();
    }

    private void giveUp(EnclaveTask task, String code, String message) {
        task.failed(code, message);
        FundingDeposit deposit = batches.deposit(task.depositId());
        deposit.failed();
        life.fail(deposit.batchId(), code, message);
    }

    private Optional<IexecCursor> lockCursor() {
        List<IexecCursor> found = em.createQuery("select c from IexecCursor c where c.name = :name", IexecCursor.class)
            .setParameter("name", IexecCursor.TASKS).setLockMode(LockModeType.PESSIMISTIC_WRITE)
            .setHint("jakarta.persistence.lock.timeout", -2).getResultList();
        if (!found.isEmpty()) {
            return Optional.of(found.get(0));
        }
        if (em.find(IexecCursor.class, IexecCursor.TASKS) == null) {
            TaskCursor now = iexec.client().tasks().now();
            em.persist(new IexecCursor(now));
            em.flush();
        }
        return Optional.empty();
    }
}
