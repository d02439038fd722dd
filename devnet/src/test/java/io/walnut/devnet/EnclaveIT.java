package io.walnut.devnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Deposit;
import io.walnut.contracts.EnclaveResult;
import io.walnut.contracts.EscrowAbi;
import io.walnut.contracts.EscrowDomain;
import io.walnut.contracts.KeyDerivation;
import io.walnut.contracts.Note;
import io.walnut.contracts.NoteTree;
import io.walnut.contracts.Secp256k1;
import io.walnut.contracts.Voucher;
import io.walnut.contracts.VoucherRequest;
import io.walnut.devnet.orderbook.Order;
import io.walnut.devnet.orderbook.OrderKind;
import io.walnut.devnet.poco.Task;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The enclave itself, started by the devnet's worker, for a deposit on the devnet's chain. */
@Timeout(180)
class EnclaveIT {

    private static final byte[] SEED = new byte[32];
    private static final List<BigInteger> AMOUNTS = List.of(BigInteger.TEN, BigInteger.TWO);

    private static final long WORKERPOOL_BUDGET = 1_000_000_000L;

    @TempDir
    private Path dir;

    @ParameterizedTest
    @EnumSource(Framework.class)
    void enclaveSignsAVoucherForEveryNoteOfAFinalDeposit(Framework framework) throws Exception {
        try (var devnet = Devnet.start(DevnetOptions.in(dir).withFramework(framework))) {
            var requester = new TestRequester(devnet, devnet.accounts().requester());
            requester.stake(WORKERPOOL_BUDGET);
            var domain = new EscrowDomain(Devnet.CHAIN_ID, devnet.walnut().escrow());
            byte[] saltKey = KeyDerivation.saltKey(SEED, 0);
            List<Note> notes = notes(saltKey);
            Deposit deposit = deposit(requester, devnet, notes);

            var keys = new ResultKeys();
            assertEquals(204, requester.pushResultKey(keys.secret()));
            Bytes32 id = request(requester, framework, chunks(domain, deposit, saltKey, notes));
            Task task = requester.await(id, Task.Status.COMPLETED);

            byte[] result = keys.open(requester.download(task)).get("result.json");
            var signed = assertInstanceOf(EnclaveResult.Signed.class, EnclaveResult.decode(result));
            assertEquals(devnet.walnut().signer(), signed.signer());
            assertEquals(notes.size(), signed.vouchers().size());
            for (int i = 0; i < notes.size(); i++) {
                var voucher = new Voucher(Address.ZERO, notes.get(i).amount(), notes.get(i).linkKey());
                assertEquals(Optional.of(devnet.walnut().signer()), Secp256k1.bouncyCastle()
                        .recover(voucher.digest(domain), signed.vouchers().get(i).signature()));
            }
        }
    }

    private static List<Note> notes(byte[] saltKey) {
        return IntStream.range(0, AMOUNTS.size()).mapToObj(i -> {
            byte[] key = KeyDerivation.noteKey(KeyDerivation.linkSecret(SEED, i), 0);
            return new Note(Secp256k1.bouncyCastle().address(key), AMOUNTS.get(i), KeyDerivation.salt(saltKey, i));
        }).toList();
    }

    private static Deposit deposit(TestRequester requester, Devnet devnet, List<Note> notes)
            throws InterruptedException {
        BigInteger sum = AMOUNTS.stream().reduce(BigInteger.ZERO, BigInteger::add);
        var deposit = new Deposit(Address.ZERO, sum, NoteTree.of(notes).root());
        requester.execute(devnet.walnut().escrow(), sum, EscrowAbi.deposit(deposit));
        // Three blocks: the finalized one is two behind the head.
        Thread.sleep(Duration.ofSeconds(4));
        return deposit;
    }

    private static List<byte[]> chunks(EscrowDomain domain, Deposit deposit, byte[] saltKey, List<Note> notes) {
        var items = notes.stream().map(note -> new VoucherRequest.Item(note.linkKey(), note.amount())).toList();
        try (var request = new VoucherRequest(domain, deposit.token(), deposit.amount(), deposit.notesRoot(), saltKey,
                items)) {
            return request.encode();
        }
    }

    private static Bytes32 request(TestRequester requester, Framework framework, List<byte[]> chunks) {
        for (int n = 1; n <= chunks.size(); n++) {
            assertEquals(204, requester.pushRequesterSecret("chunk-" + n, chunks.get(n - 1)));
        }
        String secrets = IntStream.rangeClosed(1, chunks.size()).mapToObj(n -> "\"" + n + "\":\"chunk-" + n + "\"")
                .collect(Collectors.joining(","));
        Order app = requester.bestOrder(OrderKind.APP, "app=any");
        Order dataset = requester.bestOrder(OrderKind.DATASET, "dataset=any&app=" + app.value("app"));
        Order workerpool = requester.bestOrder(OrderKind.WORKERPOOL, "category=0&minTag=" + framework.tag());
        return requester.request(app, dataset, workerpool,
                "{\"iexec_secrets\":{" + secrets + "},\"iexec_result_encryption\":true}");
    }
}
