package io.walnut.enclave;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Deposit;
import io.walnut.contracts.EnclaveResult;
import io.walnut.contracts.VoucherRequest;
import io.walnut.enclave.ceremony.SignerStatement;
import io.walnut.enclave.chain.DepositRecord;
import io.walnut.enclave.deposit.DepositCheck;
import io.walnut.enclave.deposit.HeaderQuorum;
import io.walnut.enclave.deposit.NotesCheck;
import io.walnut.enclave.input.Configuration;
import io.walnut.enclave.input.ConfigurationParser;
import io.walnut.enclave.input.TaskEnvironment;
import io.walnut.enclave.rpc.RpcLimits;
import io.walnut.enclave.signing.SigningLibrary;
import io.walnut.enclave.signing.VoucherSigner;
import java.util.Arrays;
import java.util.List;

/** The signer: from the inputs of one task to its result. Holds nothing between tasks. */
public final class Enclave {

    private final TaskEnvironment environment;
    private final SigningLibrary library;
    private final RpcLimits limits;
    private final Steps steps;

    public Enclave(TaskEnvironment environment, SigningLibrary library, RpcLimits limits, Steps steps) {
        this.environment = environment;
        this.library = library;
        this.limits = limits;
        this.steps = steps;
    }

    /** The result of the task, signed or refused; never throws for what is wrong with an input. */
    public EnclaveResult run() {
        Bytes32 blinding = Bytes32.ZERO;
        try (VoucherRequest request = readRequest()) {
            blinding = request.resultBlinding();
            return signIfRight(request);
        } catch (Refused refusal) {
            return new EnclaveResult.Refused(blinding, refusal.code().name());
        } catch (RuntimeException | Error e) {
            // Its message may hold what was read.
            return new EnclaveResult.Refused(blinding, RefusalCode.INTERNAL_ERROR.name());
        }
    }

    /** For the key ceremony: the signer's address, and proof of which shares it was made of. */
    public SignerStatement stateSigner() throws Refused {
        byte[] shareA = environment.keyShareA();
        try (Configuration configuration = readConfiguration()) {
            requireDifferent(shareA, configuration.keyShare());
            return SignerStatement.of(shareA, configuration.keyShare(), configuration.domain(), library.load());
        } finally {
            Arrays.fill(shareA, (byte) 0);
        }
    }

    /** Every check, in the order in which it is made. What has passed all of them is signed. */
    private EnclaveResult signIfRight(VoucherRequest request) throws Refused {
        byte[] shareA = environment.keyShareA();
        try (Configuration configuration = readConfiguration()) {
            requireDifferent(shareA, configuration.keyShare());
            requireSameEscrow(request, configuration);
            steps.done("inputs");

            Deposit deposit = NotesCheck.depositOf(request);
            steps.done("notes");

            var check = new DepositCheck(configuration, limits);
            HeaderQuorum.Agreed agreed = check.agreeOnHeader();
            steps.done("header");
            DepositRecord record = check.prove(deposit, agreed);
            requireNotDenied(record.depositor(), configuration);
            steps.done("proof");

            EnclaveResult result = VoucherSigner.sign(library.load(), shareA, configuration, request);
            steps.done("signatures");
            return result;
        } finally {
            Arrays.fill(shareA, (byte) 0);
        }
    }

    private VoucherRequest readRequest() throws Refused {
        List<byte[]> chunks = environment.requestChunks();
        try {
            return VoucherRequest.decode(chunks);
        } catch (VoucherRequest.MalformedException e) {
            throw new Refused(RefusalCode.of(e.fault()));
        } finally {
            chunks.forEach(chunk -> Arrays.fill(chunk, (byte) 0));
        }
    }

    private Configuration readConfiguration() throws Refused {
        byte[] dataset = environment.dataset();
        try {
            return ConfigurationParser.parse(dataset);
        } finally {
            Arrays.fill(dataset, (byte) 0);
        }
    }

    private static void requireDifferent(byte[] shareA, byte[] shareB) throws Refused {
        // Equal shares mean that one person holds both.
        if (Arrays.equals(shareA, shareB)) {
            throw new Refused(RefusalCode.KEY_SHARES_EQUAL);
        }
    }

    private static void requireSameEscrow(VoucherRequest request, Configuration configuration) throws Refused {
        if (request.domain().chainId() != configuration.domain().chainId()) {
            throw new Refused(RefusalCode.CHAIN_DIFFERS);
        }
        if (!request.domain().equals(configuration.domain())) {
            throw new Refused(RefusalCode.ESCROW_DIFFERS);
        }
    }

    private static void requireNotDenied(Address depositor, Configuration configuration) throws Refused {
        if (configuration.denied().contains(depositor)) {
            throw new Refused(RefusalCode.DEPOSITOR_DENIED);
        }
    }
}
