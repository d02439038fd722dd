package io.walnut.enclave.deposit;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Deposit;
import io.walnut.enclave.RefusalCode;
import io.walnut.enclave.Refused;
import io.walnut.enclave.chain.AccountProof;
import io.walnut.enclave.chain.AccountProof.Outcome;
import io.walnut.enclave.chain.BlockHeader;
import io.walnut.enclave.chain.DepositRecord;
import io.walnut.enclave.chain.InvalidProof;
import io.walnut.enclave.input.Configuration;
import io.walnut.enclave.rpc.Answer;
import io.walnut.enclave.rpc.Fault;
import io.walnut.enclave.rpc.Provider;
import io.walnut.enclave.rpc.ProviderFault;
import io.walnut.enclave.rpc.ProviderPool;
import io.walnut.enclave.rpc.RpcLimits;
import java.util.List;

/** Checks on chain that the escrow holds a deposit, trusting no single provider. */
public final class DepositCheck {

    private final Configuration configuration;
    private final ProviderPool pool;

    public DepositCheck(Configuration configuration, RpcLimits limits) {
        this.configuration = configuration;
        this.pool = new ProviderPool(configuration.providers(), limits);
    }

    /** A header with a quorum behind it. */
    public HeaderQuorum.Agreed agreeOnHeader() throws Refused {
        return new HeaderQuorum(pool, configuration).agree();
    }

    /**
     * What the escrow's storage says of the deposit at the agreed header. One valid proof is as good as
     * any number, whoever gave it.
     */
    public DepositRecord prove(Deposit deposit, HeaderQuorum.Agreed agreed) throws Refused {
        Address escrow = configuration.domain().escrow();
        Bytes32 slot = deposit.storageSlot();
        List<Answer<Outcome>> outcomes = pool.ask(agreed.providers(),
                provider -> verified(provider, agreed.header(), escrow, slot),
                answers -> answers.stream().anyMatch(Answer.Given.class::isInstance));
        for (Answer<Outcome> answer : outcomes) {
            if (answer instanceof Answer.Given<Outcome>(Provider provider, Outcome outcome)) {
                return record(outcome);
            }
        }
        boolean anyWrong = outcomes.stream()
                .anyMatch(answer -> answer instanceof Answer.Failed<Outcome> failed
                        && failed.fault() != Fault.UNREACHABLE && failed.fault() != Fault.DECLINED);
        throw new Refused(anyWrong ? RefusalCode.PROOF_INVALID : RefusalCode.PROOF_UNAVAILABLE);
    }

    private static Outcome verified(Provider provider, BlockHeader header, Address escrow, Bytes32 slot)
            throws ProviderFault {
        AccountProof proof = provider.proof(escrow, slot, header.number());
        try {
            return proof.verify(header.stateRoot(), escrow, slot);
        } catch (InvalidProof e) {
            throw new ProviderFault(Fault.MALFORMED);
        }
    }

    private static DepositRecord record(Outcome outcome) throws Refused {
        return switch (outcome) {
            case Outcome.NoAccount() -> throw new Refused(RefusalCode.ESCROW_NOT_FOUND);
            case Outcome.NoValue() -> throw new Refused(RefusalCode.DEPOSIT_NOT_FOUND);
            case Outcome.Value(Bytes32 slot) -> DepositRecord.ofSlot(slot)
                    .orElseThrow(() -> new Refused(RefusalCode.DEPOSIT_MALFORMED));
        };
    }
}
