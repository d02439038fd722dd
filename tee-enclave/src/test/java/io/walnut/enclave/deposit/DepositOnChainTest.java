package io.walnut.enclave.deposit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.walnut.contracts.Address;
import io.walnut.contracts.Claim;
import io.walnut.contracts.Deposit;
import io.walnut.contracts.EnclaveResult;
import io.walnut.contracts.EnclaveResult.SignedVoucher;
import io.walnut.contracts.EscrowAbi;
import io.walnut.contracts.EscrowDomain;
import io.walnut.contracts.Hex;
import io.walnut.contracts.KeyDerivation;
import io.walnut.contracts.Secp256k1;
import io.walnut.contracts.Signature;
import io.walnut.contracts.Voucher;
import io.walnut.contracts.VoucherRequest;
import io.walnut.enclave.AnvilChain;
import io.walnut.enclave.Enclave;
import io.walnut.enclave.RefusalCode;
import io.walnut.enclave.Steps;
import io.walnut.enclave.TaskFixture;
import io.walnut.enclave.rpc.RpcLimits;
import io.walnut.enclave.signing.SigningLibrary;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole enclave in this process, a real chain and the real escrow. */
class DepositOnChainTest {

    @TempDir
    private Path directory;
    private AnvilChain chain;
    private TaskFixture task;

    @BeforeEach
    void startChain() {
        chain = AnvilChain.start();
        task = TaskFixture.of(directory, new EscrowDomain(AnvilChain.CHAIN_ID, chain.deployEscrow()), 5);
        task.dataset(chain.urls(3), 2);
    }

    @AfterEach
    void stopChain() {
        chain.close();
    }

    @ParameterizedTest
    @EnumSource
    void aFinalDepositIsSignedVoucherByVoucher(SigningLibrary library) {
        depositAndFinalize();
        var signed = assertInstanceOf(EnclaveResult.Signed.class, run(library));
        assertEquals(task.signer(), signed.signer());
        assertEquals(task.domain, signed.domain());
        assertEquals(task.deposit.notesRoot(), signed.notesRoot());
        assertEquals(KeyDerivation.resultBlinding(task.saltKey), signed.blinding());
        assertEquals(task.items(), signed.vouchers().stream()
                .map(voucher -> new VoucherRequest.Item(voucher.linkKey(), voucher.amount())).toList());
        for (SignedVoucher voucher : signed.vouchers()) {
            var digest = new Voucher(Address.ZERO, voucher.amount(), voucher.linkKey()).digest(task.domain);
            assertEquals(Optional.of(task.signer()), Secp256k1.bouncyCastle().recover(digest, voucher.signature()));
        }
    }

    @Test
    void bothLibrariesAndEveryRunGiveTheSameBytes() {
        depositAndFinalize();
        String first = Hex.encode(run(SigningLibrary.LIBSECP256K1).encode());
        chain.mine(3);
        assertEquals(first, Hex.encode(run(SigningLibrary.LIBSECP256K1).encode()));
        assertEquals(first, Hex.encode(run(SigningLibrary.BOUNCY_CASTLE).encode()));
    }

    /** The escrow itself judges the voucher. */
    @Test
    void theEscrowPaysTheVoucher() {
        depositAndFinalize();
        chain.send("\"to\":\"" + task.domain.escrow().hex() + "\",\"data\":\"0xeb12d61e" + "0".repeat(24)
                + task.signer().hex().substring(2) + "\"");
        var signed = assertInstanceOf(EnclaveResult.Signed.class, run(SigningLibrary.LIBSECP256K1));
        SignedVoucher first = signed.vouchers().get(0);
        Address recipient = Address.parse("0x00000000000000000000000000000000000000aa");
        var claim = new Claim(Address.ZERO, first.amount(), recipient, BigInteger.ZERO, Address.ZERO,
                BigInteger.valueOf(Long.MAX_VALUE));
        Signature link = Secp256k1.bouncyCastle().sign(claim.digest(task.domain), task.noteKey(0));
        chain.send("\"to\":\"" + task.domain.escrow().hex() + "\",\"data\":\"" + Hex.encode(EscrowAbi.claim(
                new EscrowAbi.SignedClaim(claim, link, first.signature()))) + "\"");
        assertEquals("0x" + first.amount().toString(16),
                AnvilChain.field(chain.call("eth_getBalance", "\"" + recipient.hex() + "\",\"latest\""), "result"));
    }

    @Test
    void aDepositThatWasNeverMadeIsNotFound() {
        chain.mine(5);
        assertEquals(RefusalCode.DEPOSIT_NOT_FOUND.name(), refusal());
    }

    @Test
    void aDepositThatIsNotFinalIsNotFound() {
        chain.mine(5);
        chain.deposit(task.domain.escrow(), task.deposit);
        assertEquals(RefusalCode.DEPOSIT_NOT_FOUND.name(), refusal());
        chain.mine(3);
        assertInstanceOf(EnclaveResult.Signed.class, run(SigningLibrary.LIBSECP256K1));
    }

    @Test
    void aDepositOfOneUnitLessIsAnotherDeposit() {
        chain.deposit(task.domain.escrow(), new Deposit(Address.ZERO,
                task.deposit.amount().subtract(BigInteger.ONE), task.deposit.notesRoot()));
        chain.mine(5);
        assertEquals(RefusalCode.DEPOSIT_NOT_FOUND.name(), refusal());
    }

    @Test
    void theSameMoneyInAnotherEscrowIsNotFound() {
        Address other = chain.deployEscrow();
        chain.deposit(other, task.deposit);
        chain.mine(5);
        assertEquals(RefusalCode.DEPOSIT_NOT_FOUND.name(), refusal());
    }

    @Test
    void anEscrowThatIsNotThereIsNotFound() {
        task = TaskFixture.of(directory, new EscrowDomain(AnvilChain.CHAIN_ID,
                Address.parse("0x00000000000000000000000000000000000000e5")), 5);
        task.dataset(chain.urls(3), 2);
        chain.mine(5);
        assertEquals(RefusalCode.ESCROW_NOT_FOUND.name(), refusal());
    }

    @Test
    void aDeniedDepositorGetsNothing() {
        depositAndFinalize();
        task.dataset(task.datasetJson(chain.urls(3), 2).replace("\"denied\": []",
                "\"denied\": [\"" + AnvilChain.DEPOSITOR + "\"]"));
        assertEquals(RefusalCode.DEPOSITOR_DENIED.name(), refusal());
    }

    @Test
    void anotherDepositorsDenialDoesNotMatter() {
        depositAndFinalize();
        task.dataset(task.datasetJson(chain.urls(3), 2).replace("\"denied\": []",
                "\"denied\": [\"0x00000000000000000000000000000000000000aa\"]"));
        assertInstanceOf(EnclaveResult.Signed.class, run(SigningLibrary.LIBSECP256K1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void aDepthTakesTheBlockThatFarBehindTheHead(int depth) {
        chain.deposit(task.domain.escrow(), task.deposit);
        task.dataset(task.datasetJson(chain.urls(3), 2).replace("\"finalized\"", Integer.toString(depth)));
        chain.mine(depth - 1);
        // No block before the deposit holds an escrow, or a deposit.
        assertInstanceOf(EnclaveResult.Refused.class, run(SigningLibrary.LIBSECP256K1));
        chain.mine(1);
        assertInstanceOf(EnclaveResult.Signed.class, run(SigningLibrary.LIBSECP256K1));
    }

    @Test
    void aDepthBeyondTheChainsBeginningIsTooDeep() {
        task.dataset(task.datasetJson(chain.urls(3), 2).replace("\"finalized\"", "1000"));
        assertEquals(RefusalCode.CHAIN_TOO_SHORT.name(), refusal());
    }

    private void depositAndFinalize() {
        chain.deposit(task.domain.escrow(), task.deposit);
        chain.mine(5);
    }

    private String refusal() {
        return assertInstanceOf(EnclaveResult.Refused.class, run(SigningLibrary.LIBSECP256K1)).code();
    }

    private EnclaveResult run(SigningLibrary library) {
        return new Enclave(task.environment(), library, RpcLimits.STANDARD, Steps.IGNORED).run();
    }
}
