package io.walnut.enclave.bench;

import fr.acinq.secp256k1.Secp256k1CFunctions;
import io.walnut.contracts.Address;
import io.walnut.contracts.EscrowDomain;
import io.walnut.contracts.Keccak;
import io.walnut.contracts.Secp256k1;
import io.walnut.contracts.Voucher;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigInteger;

/**
 * Signatures per second of processor time on one thread, warm, and what libsecp256k1 alone does there. Processor
 * time, because others may use the machine too.
 */
final class SigningSpeed {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int COUNT = 20_000;
    private static final byte[] KEY = Keccak.hash(new byte[] {1}).bytes();

    private interface Operation {
        void run(int i);
    }

    private SigningSpeed() {
    }

    static void print() {
        Secp256k1 library = Secp256k1.nativeLibrary();
        var domain = new EscrowDomain(42_161, Address.parse("0x00000000000000000000000000000000000000e5"));
        try (Secp256k1.SigningKey key = library.open(KEY)) {
            double vouchers = perSecond(i -> key.sign(
                    new Voucher(Address.ZERO, BigInteger.valueOf(i + 1), domain.escrow()).digest(domain)));
            long context = Secp256k1CFunctions.secp256k1_context_create(
                    Secp256k1CFunctions.SECP256K1_CONTEXT_SIGN | Secp256k1CFunctions.SECP256K1_CONTEXT_VERIFY);
            byte[] hash = Keccak.hash(new byte[] {2}).bytes();
            byte[] publicKey = Secp256k1CFunctions.secp256k1_ec_pubkey_create(context, KEY);
            double signatures = perSecond(i -> Secp256k1CFunctions.secp256k1_ecdsa_sign(context, hash, KEY, null));
            double checked = perSecond(i -> {
                byte[] signature = Secp256k1CFunctions.secp256k1_ecdsa_sign(context, hash, KEY, null);
                Secp256k1CFunctions.secp256k1_ecdsa_verify(context, signature, hash, publicKey);
            });
            double digests = perSecond(i ->
                    new Voucher(Address.ZERO, BigInteger.valueOf(i + 1), domain.escrow()).digest(domain));
            System.out.printf("enclave: %,.0f vouchers per core and second, hashed, signed and checked;"
                            + " libsecp256k1 alone signs %,.0f/s, signs and verifies %,.0f/s; hashing alone %,.0f/s%n",
                    vouchers, signatures, checked, digests);
        }
    }

    /** The best of three rounds after one to warm up. */
    private static double perSecond(Operation operation) {
        double best = 0;
        for (int round = 0; round < 4; round++) {
            long start = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < COUNT; i++) {
                operation.run(i);
            }
            best = Math.max(best, COUNT * 1e9 / (THREADS.getCurrentThreadCpuTime() - start));
        }
        return best;
    }
}
