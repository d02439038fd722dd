package io.walnut.ejb.iexec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.contracts.Address;
import io.walnut.contracts.Deposit;
import io.walnut.contracts.EnclaveResult;
import io.walnut.contracts.EscrowAbi;
import io.walnut.contracts.EscrowDomain;
import io.walnut.contracts.Hex;
import io.walnut.contracts.KeyDerivation;
import io.walnut.contracts.Note;
import io.walnut.contracts.NoteTree;
import io.walnut.contracts.Secp256k1;
import io.walnut.contracts.Voucher;
import io.walnut.contracts.VoucherRequest;
import io.walnut.devnet.Devnet;
import io.walnut.devnet.Framework;
import io.walnut.ejb.iexec.hub.HubCall;
import io.walnut.ejb.iexec.hub.TaskCursor;
import io.walnut.ejb.iexec.hub.TaskStatus;
import io.walnut.ejb.iexec.order.RequestTerms;
import io.walnut.ejb.iexec.order.TaskRequest;
import io.walnut.ejb.iexec.result.ResultArchive;
import io.walnut.ejb.iexec.result.ResultGateways;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What the client is for: vouchers of the real enclave for a deposit, of the least and of the most notes. */
@Timeout(180)
class EnclaveVouchersIT {

    private static final Secp256k1 CURVE = Secp256k1.bouncyCastle();

    @TempDir
    private static Path dir;
    private static DevnetFixture net;

    @BeforeAll
    static void start() {
        net = new DevnetFixture(dir, Framework.TDX);
        net.client.sender().send(net.client.funds().deposit(BigInteger.valueOf(1_000_000_000)), net.requester);
        assertTrue(net.client.sms().storeResultKey(net.requester, net.resultKey).isStored());
    }

    @AfterAll
    static void stop() {
        if (net != null) {
            net.close();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, NoteTree.MAX_NOTES})
    void everyNoteOfAFinalDepositGetsAVoucher(int count) throws Exception {
        byte[] seed = DevnetFixture.random().bytes();
        byte[] saltKey = KeyDerivation.saltKey(seed, 0);
        List<Note> notes = IntStream.range(0, count).mapToObj(i -> new Note(
                CURVE.address(KeyDerivation.noteKey(KeyDerivation.linkSecret(seed, i), 0)),
                BigInteger.valueOf(i + 1), KeyDerivation.salt(saltKey, i))).toList();
        Deposit deposit = deposit(notes);
        var domain = new EscrowDomain(Devnet.CHAIN_ID, net.devnet.walnut().escrow());

        var signed = assertInstanceOf(EnclaveResult.Signed.class, ask(domain, deposit, saltKey, notes));
        assertEquals(KeyDerivation.resultBlinding(saltKey), signed.blinding());
        assertEquals(count, signed.vouchers().size());
        for (int i = 0; i < count; i++) {
            var voucher = new Voucher(Address.ZERO, notes.get(i).amount(), notes.get(i).linkKey());
            assertEquals(Optional.of(net.devnet.walnut().signer()),
                    CURVE.recover(voucher.digest(domain), signed.vouchers().get(i).signature()));
        }
    }

    private static Deposit deposit(List<Note> notes) throws InterruptedException {
        BigInteger sum = notes.stream().map(Note::amount).reduce(BigInteger.ZERO, BigInteger::add);
        var deposit = new Deposit(Address.ZERO, sum, NoteTree.of(notes).root());
        net.client.sender().send(new HubCall(net.devnet.walnut().escrow(), sum,
                Hex.encode(EscrowAbi.deposit(deposit)), "deposit into the escrow"), net.requester);
        // Three blocks: the finalized one is two behind the head.
        Thread.sleep(Duration.ofSeconds(4));
        return deposit;
    }

    private static EnclaveResult ask(EscrowDomain domain, Deposit deposit, byte[] saltKey, List<Note> notes) {
        var terms = new RequestTerms(net.devnet.walnut().app(), net.devnet.walnut().dataset(), Address.ZERO,
                TeeFramework.TDX, BigInteger.ZERO, BigInteger.valueOf(1_000_000_000));
        TaskRequest task = TaskRequest.create(terms, net.requester.address(), VoucherRequest.CHUNKS,
                DevnetFixture.random(), net.client.hub().domain());
        var items = notes.stream().map(note -> new VoucherRequest.Item(note.linkKey(), note.amount())).toList();
        try (var request = new VoucherRequest(domain, deposit.token(), deposit.amount(), deposit.notesRoot(),
                saltKey, items)) {
            List<byte[]> chunks = request.encode();
            for (int i = 0; i < chunks.size(); i++) {
                assertTrue(net.client.sms().storeRequesterSecret(
                        net.requester, task.secretNames().get(i), chunks.get(i)).isStored());
            }
        }
        TaskCursor from = net.client.tasks().now();
        net.match(task);
        var state = net.await(task, from, TaskStatus.COMPLETED, Duration.ofSeconds(90));
        var archive = assertInstanceOf(ResultGateways.Download.Archive.class,
                net.client.results().fetch(state.result().orElseThrow()));
        var files = assertInstanceOf(ResultArchive.Opened.Files.class,
                ResultArchive.open(archive.bytes(), net.resultKey)).files();
        return EnclaveResult.decode(files.get(EnclaveResult.FILE_NAME));
    }
}
