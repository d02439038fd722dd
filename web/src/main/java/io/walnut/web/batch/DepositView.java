package io.walnut.web.batch;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.EscrowAbi;
import io.walnut.contracts.Hex;
import io.walnut.ejb.chain.ChainTransaction;
import io.walnut.ejb.chain.EscrowSettings;
import io.walnut.ejb.treasury.EnclaveTask;
import io.walnut.ejb.treasury.FundingDeposit;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A deposit of a batch, as the API shows it.
 *
 * @param transaction what to sign with any wallet
 * @param funding the treasury key's own transaction; null until asked for
 * @param task the enclave's task; null until it was asked
 */
public record DepositView(String id, String state, BigInteger amount, Bytes32 notesRoot, Bytes32 depositHash,
    int noteCount, Transaction transaction, Funding funding, Bytes32 txHash, Long blockNumber, Task task) {
    /** An unsigned transaction. @param value wei */
    public record Transaction(Address to, BigInteger value, String data, long chainId) {
    }

    /** @param hash null until signed */
    public record Funding(String state, Bytes32 hash, String failure) {
        static Funding of(ChainTransaction tx) {
            return new Funding(tx.state().name().toLowerCase(Locale.ROOT), tx.hash(), tx.failure());
        }
    }

    /** @param failure why it failed, or what it waits for, and until it completes why the attempt before failed */
    public record Task(String state, int attempt, Bytes32 dealId, Bytes32 taskId, String failure) {
        static Task of(EnclaveTask task, Optional<EnclaveTask> previous) {
            String why = task.state() == EnclaveTask.State.COMPLETED ? null : previous
                .map(p -> "Attempt " + p.attempt() + " failed: " + p.failureMessage()).orElse(null);
            String failure = Stream.of(task.failureMessage(), why).filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
            return new Task(task.state().name().toLowerCase(Locale.ROOT), task.attempt(), task.dealId(), task.taskId(),
                failure.isEmpty() ? null : failure);
        }
    }

    static DepositView of(FundingDeposit deposit, EscrowSettings escrow, Funding funding, Task task) {
        var transaction = new Transaction(escrow.address(), deposit.value(),
            Hex.encode(EscrowAbi.deposit(deposit.terms())), escrow.chainId());
        return new DepositView(deposit.id(), deposit.state().name().toLowerCase(Locale.ROOT), deposit.amount(),
            deposit.notesRoot(), deposit.hash(), deposit.noteCount(), transaction, funding, deposit.txHash(),
            deposit.blockNumber(), task);
    }
}
