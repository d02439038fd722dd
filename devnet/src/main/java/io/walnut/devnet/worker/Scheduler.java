package io.walnut.devnet.worker;

import static io.walnut.devnet.rpc.Abi.address;
import static io.walnut.devnet.rpc.Abi.bytes;
import static io.walnut.devnet.rpc.Abi.bytes32;
import static io.walnut.devnet.rpc.Abi.uint;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Keccak;
import io.walnut.devnet.DevnetOptions;
import io.walnut.devnet.fault.Faults;
import io.walnut.devnet.fault.Faults.Fault;
import io.walnut.devnet.poco.Deal;
import io.walnut.devnet.poco.Hub;
import io.walnut.devnet.poco.Task;
import io.walnut.devnet.rpc.Abi;
import io.walnut.devnet.rpc.Account;
import io.walnut.devnet.rpc.RpcException;
import io.walnut.devnet.rpc.Transactions;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.web3j.abi.datatypes.Type;

/**
 * Scheduler and worker of one workerpool. It sees deals by the hub's events and then, for each task, does
 * whatever the task's state on chain asks for next: initialize, compute and contribute, reveal, finalize.
 * Nothing but the app's outcome is remembered, in a file, so a reorganized chain is simply worked on again,
 * and a scheduler that was killed goes on where it was.
 */
public final class Scheduler implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration MINED = Duration.ofSeconds(60);
    /** Blocks that are searched again for deals, which covers reorganizations. */
    private static final long OVERLAP = 64;
    private static final int PARALLEL_APPS = 2;
    private static final int MAX_FAILURES = 20;
    private static final String IDLE = "idle";
    private static final int CONTRIBUTED = 1;
    private static final int PROVED = 2;

    /** After a step on a task. */
    private enum Next { GO_ON, WAIT, STOP }

    /** Who works for a workerpool: its owner schedules. */
    public record Crew(Address workerpool, Account scheduler, Account worker) {
    }

    private final ConcurrentMap<Bytes32, TaskRecord> tasks = new ConcurrentHashMap<>();
    /** The tasks that a thread works on. */
    private final Set<Bytes32> driven = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore apps = new Semaphore(PARALLEL_APPS);
    private final Crew crew;
    private final Hub hub;
    private final Transactions transactions;
    private final AppRunner runner;
    private final Outcomes outcomes;
    private final Faults faults;

    public Scheduler(DevnetOptions options, Crew crew, Hub hub, Transactions transactions, Services services) {
        this.crew = crew;
        this.hub = hub;
        this.transactions = transactions;
        this.runner = new AppRunner(options, hub, services);
        this.outcomes = new Outcomes(options.dir().resolve("outcomes"));
        this.faults = services.faults();
    }

    public void start() {
        threads.execute(this::watch);
    }

    public Address workerpool() {
        return crew.workerpool();
    }

    /** All tasks seen since the start. */
    public Collection<TaskRecord> tasks() {
        return List.copyOf(tasks.values());
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void watch() {
        long seen = -1;
        while (pause()) {
            try {
                long head = hub.rpc().blockNumber();
                if (head != seen) {
                    hub.dealsNoticed(crew.workerpool(), Math.max(0, Math.min(seen, head) - OVERLAP), head)
                            .forEach(this::take);
                    seen = head;
                }
            } catch (RpcException e) {
                report(e);
            }
        }
    }

    private void take(Bytes32 dealId) {
        hub.deal(dealId).ifPresent(deal -> {
            for (int i = 0; i < deal.size().intValueExact(); i++) {
                BigInteger index = deal.first().add(BigInteger.valueOf(i));
                TaskRecord record = tasks.computeIfAbsent(Hub.taskId(dealId, index),
                        id -> new TaskRecord(id, dealId, index));
                // Also when it was finished: a reorganized chain may have forgotten that.
                if (driven.add(record.id())) {
                    threads.execute(() -> drive(record));
                }
            }
        });
    }

    private void drive(TaskRecord record) {
        try {
            int failures = 0;
            Next next = Next.GO_ON;
            while (next != Next.STOP && failures < MAX_FAILURES && (next == Next.GO_ON || pause())) {
                try {
                    next = step(record);
                } catch (RpcException e) {
                    record.note(e.getMessage());
                    failures++;
                    next = Next.WAIT;
                }
            }
            if (failures == MAX_FAILURES) {
                record.enter("stuck", "given up after " + MAX_FAILURES + " failures");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            driven.remove(record.id());
        }
    }

    private Next step(TaskRecord record) throws InterruptedException {
        if (record.stage().equals(IDLE) && faults.isOn(Fault.SCHEDULER_IDLE)) {
            // Without a look at the chain: thousands of tasks may wait so.
            return Next.WAIT;
        }
        Optional<Deal> deal = hub.deal(record.deal());
        if (deal.isEmpty()) {
            record.enter("gone", "the deal is not on the chain any more");
            tasks.remove(record.id());
            return Next.STOP;
        }
        Task task = hub.task(record.id());
        return switch (task.status()) {
            case UNSET -> initialize(deal.get(), record);
            case ACTIVE -> contribute(deal.get(), task, record);
            case REVEALING -> revealOrFinalize(deal.get(), task, record);
            case COMPLETED -> {
                record.enter("completed", "completed");
                yield Next.STOP;
            }
            case FAILED -> {
                record.enter("failed", "failed: it was claimed back");
                yield Next.STOP;
            }
        };
    }

    private Next initialize(Deal deal, TaskRecord record) {
        if (faults.isOn(Fault.SCHEDULER_IDLE)) {
            record.enter(IDLE, "not initialized, because the fault switch says so");
            return Next.WAIT;
        }
        if (hub.now().compareTo(hub.contributionDeadline(deal)) >= 0) {
            record.enter("expired", "too late to initialize: the requester can claim it back");
            return Next.STOP;
        }
        send(crew.scheduler(), "initialize(bytes32,uint256)", bytes32(deal.id()), uint(record.index()));
        record.enter("active", "initialized");
        return Next.GO_ON;
    }

    private Next contribute(Deal deal, Task task, TaskRecord record) throws InterruptedException {
        if (record.isWorkerDead() || contribution(record) != 0) {
            return Next.WAIT;
        }
        if (hub.now().compareTo(task.contributionDeadline()) >= 0) {
            record.enter("expired", "too late to contribute: the requester can claim it back");
            return Next.STOP;
        }
        return switch (execution(deal, record)) {
            case Execution.Failed failed -> {
                record.enter("app failed", failed.reason());
                yield Next.STOP;
            }
            case Execution.Done done -> {
                if (faults.isOn(Fault.WORKER_DIES_BEFORE_CONTRIBUTE)) {
                    record.workerDied();
                    record.enter("worker dead", "the worker ends here, because the fault switch says so");
                } else {
                    contribute(deal, record, done);
                }
                yield Next.GO_ON;
            }
        };
    }

    private Execution execution(Deal deal, TaskRecord record) throws InterruptedException {
        recall(record);
        if (record.execution() == null) {
            apps.acquire();
            try {
                record.enter("computing", "computing");
                Execution execution = runner.run(deal, record, hub.categoryTime(deal));
                if (execution instanceof Execution.Done done) {
                    outcomes.keep(record.id(), done);
                }
                record.executed(execution);
            } finally {
                apps.release();
            }
        }
        return record.execution();
    }

    private void recall(TaskRecord record) {
        if (record.execution() == null) {
            outcomes.find(record.id()).ifPresent(record::executed);
        }
    }

    private void contribute(Deal deal, TaskRecord record, Execution.Done done) {
        byte[] task = record.id().bytes();
        byte[] worker = crew.worker().address().bytes();
        byte[] digest = done.digest().bytes();
        Bytes32 hash = Keccak.hash(task, digest);
        Bytes32 seal = Keccak.hash(worker, task, digest);
        boolean tee = deal.tag().toUnsigned().testBit(0);
        // The key that iExec's post-compute gets from the SMS inside the enclave, new for every task.
        Account enclave = tee ? Account.random() : null;
        Address challenge = tee ? enclave.address() : Address.ZERO;
        byte[] enclaveSign = tee ? enclave.signMessage(Keccak.hash(hash.bytes(), seal.bytes()).bytes()) : new byte[0];
        byte[] authorization = crew.scheduler().signMessage(Keccak.hash(worker, task, challenge.bytes()).bytes());
        send(crew.worker(), "contribute(bytes32,bytes32,bytes32,address,bytes,bytes)", bytes32(record.id()),
                bytes32(hash), bytes32(seal), address(challenge), bytes(enclaveSign), bytes(authorization));
        record.enter("contributed", "contributed");
    }

    private Next revealOrFinalize(Deal deal, Task task, TaskRecord record) {
        if (hub.now().compareTo(task.finalDeadline()) >= 0) {
            record.enter("expired", "too late to finalize: the requester can claim it back");
            return Next.STOP;
        }
        recall(record);
        if (!(record.execution() instanceof Execution.Done done)) {
            return Next.WAIT;
        }
        int contribution = contribution(record);
        if (contribution == CONTRIBUTED && hub.now().compareTo(task.revealDeadline()) < 0) {
            if (faults.isOn(Fault.WORKER_NEVER_REVEALS)) {
                record.enter("unrevealed", "not revealed, because the fault switch says so");
                return Next.WAIT;
            }
            send(crew.worker(), "reveal(bytes32,bytes32)", bytes32(record.id()), bytes32(done.digest()));
            record.enter("revealed", "revealed");
            return Next.GO_ON;
        } else if (contribution == PROVED && task.revealed().equals(task.winners())) {
            send(crew.scheduler(), "finalize(bytes32,bytes,bytes)", bytes32(record.id()),
                    bytes(done.results().getBytes(StandardCharsets.UTF_8)), bytes(done.callback()));
            record.enter("finalized", "finalized" + (deal.callback().isZero() ? "" : " with callback"));
            return Next.GO_ON;
        }
        return Next.WAIT;
    }

    private int contribution(TaskRecord record) {
        return hub.contributionStatus(record.id(), crew.worker().address());
    }

    private void send(Account from, String signature, Type<?>... values) {
        transactions.execute(from, hub.contracts().hub(), Abi.call(signature, values), MINED);
    }

    /** @return false when everything stops */
    private boolean pause() {
        try {
            Thread.sleep(POLL);
            return !threads.isShutdown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void report(RpcException e) {
        if (!threads.isShutdown()) {
            System.err.println("devnet: the scheduler could not read the chain: " + e.getMessage());
        }
    }
}
