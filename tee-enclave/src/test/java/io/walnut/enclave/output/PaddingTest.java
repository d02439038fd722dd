package io.walnut.enclave.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.contracts.Address;
import io.walnut.contracts.Amounts;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.EnclaveResult;
import io.walnut.contracts.EnclaveResult.SignedVoucher;
import io.walnut.contracts.EscrowDomain;
import io.walnut.contracts.Keccak;
import io.walnut.contracts.Signature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PaddingTest {

    /** Zipped as iExec's worker zips: the number of notes, the amounts and the outcome leave no trace in the size. */
    @Test
    void everyResultIsTheSameSizeOnceZipped(@TempDir Path directory) throws IOException {
        Set<Integer> sizes = new HashSet<>();
        for (int notes : new int[] {1, 2, 3, 7, 50, 123, 250, 251, 400, 499, 500}) {
            sizes.add(zipped(directory, signed(notes, BigInteger.ONE)));
            sizes.add(zipped(directory, signed(notes, Amounts.MAX)));
        }
        sizes.add(zipped(directory, new EnclaveResult.Refused(Bytes32.ZERO, "DEPOSIT_NOT_FOUND")));
        // The cipher adds up to 16 bytes, so what is told is at most one bit in a rare case; here it is none.
        assertEquals(1, sizes.size(), sizes.toString());
    }

    @Test
    void theLargestResultFitsWithRoomToSpare() {
        byte[] largest = signed(500, Amounts.MAX).encode();
        assertTrue(Padding.deflated(largest) < Padding.DEFLATED_TOTAL * 9 / 10, Padding.deflated(largest) + " bytes");
    }

    private static int zipped(Path directory, EnclaveResult result) throws IOException {
        new TaskOutput(directory).write(result.encode());
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (String name : List.of("computed.json", "padding", "result.json")) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(Files.readAllBytes(directory.resolve(name)));
                zip.closeEntry();
            }
        }
        return out.size();
    }

    private static EnclaveResult signed(int notes, BigInteger largest) {
        var vouchers = new ArrayList<SignedVoucher>();
        for (int i = 0; i < notes; i++) {
            byte[] a = Keccak.hash(new byte[] {1, (byte) (i >> 8), (byte) i}).bytes();
            byte[] b = Keccak.hash(new byte[] {2, (byte) (i >> 8), (byte) i}).bytes();
            byte[] signature = Arrays.copyOf(a, 64);
            System.arraycopy(b, 0, signature, 32, 32);
            BigInteger amount = largest.equals(BigInteger.ONE) ? largest : new BigInteger(1, b).mod(largest).max(BigInteger.ONE);
            vouchers.add(new SignedVoucher(Address.of(Arrays.copyOf(b, 20)), amount, Signature.of(signature)));
        }
        return new EnclaveResult.Signed(Keccak.hash(), new EscrowDomain(42_161, Address.ZERO), Address.ZERO,
                Keccak.hash(), Address.ZERO, vouchers);
    }
}
