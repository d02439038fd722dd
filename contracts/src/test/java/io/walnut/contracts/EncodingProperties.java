package io.walnut.contracts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds for every input, not just for the vectors. */
class EncodingProperties {

    private static final Secp256k1 NATIVE = Secp256k1.nativeLibrary();
    private static final Secp256k1 PURE = Secp256k1.bouncyCastle();

    @Property(tries = 200)
    void nativeAndPureJavaAgreeOnEverySignature(@ForAll @Size(32) byte[] seed, @ForAll @Size(32) byte[] digest) {
        byte[] key = KeyDerivation.noteKey(seed, 0);
        Bytes32 hash = Bytes32.of(digest);
        Signature signature = NATIVE.sign(hash, key);
        assertEquals(signature, PURE.sign(hash, key));
        assertEquals(NATIVE.address(key), PURE.address(key));
        assertEquals(Optional.of(NATIVE.address(key)), PURE.recover(hash, signature));
    }

    @Property(tries = 500)
    void recoveryOfAnyBytesAgreesAndNeverThrows(@ForAll @Size(64) byte[] bytes, @ForAll @Size(32) byte[] digest) {
        Signature signature = Signature.of(bytes);
        assertEquals(PURE.recover(Bytes32.of(digest), signature), NATIVE.recover(Bytes32.of(digest), signature));
    }

    @Property(tries = 100)
    void everyNoteIsProvedByItsPathAndByNoOther(@ForAll @IntRange(min = 1, max = 40) int count, @ForAll int pick) {
        var notes = new ArrayList<Note>();
        for (int i = 0; i < count; i++) {
            byte[] hash = Keccak.hash(new byte[] {(byte) i, (byte) pick}).bytes();
            notes.add(new Note(Address.of(Arrays.copyOf(hash, 20)), BigInteger.valueOf(i + 1), Bytes32.of(hash)));
        }
        NoteTree tree = NoteTree.of(notes);
        int chosen = Math.floorMod(pick, count);
        Note note = notes.get(chosen);
        assertTrue(NoteTree.verifies(tree.root(), note.leaf(), tree.path(chosen)));
        Note changed = new Note(note.linkKey(), note.amount().add(BigInteger.ONE), note.salt());
        assertFalse(NoteTree.verifies(tree.root(), changed.leaf(), tree.path(chosen)));
    }

    @Property(tries = 300)
    void aChangedRequestIsReadAsAnotherOrRefused(@ForAll @IntRange(max = 24195) int at, @ForAll byte replacement)
            throws Exception {
        List<byte[]> chunks = VectorsTest.request().encode();
        byte[] chunk = chunks.get(at / 4096);
        byte before = chunk[at % 4096];
        chunk[at % 4096] = replacement;
        try {
            List<byte[]> again = VoucherRequest.decode(chunks).encode();
            for (int i = 0; i < chunks.size(); i++) {
                assertArrayEquals(chunks.get(i), again.get(i));
            }
        } catch (VoucherRequest.MalformedException refused) {
            assertNotEquals(before, replacement);
        }
    }

    @Property(tries = 300)
    void aCutOrLengthenedLinkIsRefused(@ForAll @IntRange(min = 1, max = 300) int length) {
        String fragment = Vectors.text("/links/plain");
        String cut = fragment.substring(0, Math.min(length, fragment.length() - 1));
        assertThrows(IllegalArgumentException.class, () -> Link.parse(cut));
        assertThrows(IllegalArgumentException.class, () -> Link.parse(fragment + "A".repeat(4)));
    }

    @Property(tries = 300)
    void aDamagedResultIsRefusedOrEncodesToItself(@ForAll @IntRange(max = 1000) int at, @ForAll byte replacement) {
        byte[] bytes = Vectors.text("/result").getBytes(StandardCharsets.UTF_8);
        bytes[at % bytes.length] = replacement;
        try {
            String again = new String(EnclaveResult.decode(bytes).encode(), StandardCharsets.UTF_8);
            assertEquals(new String(bytes, StandardCharsets.UTF_8).toLowerCase(java.util.Locale.ROOT),
                    again.toLowerCase(java.util.Locale.ROOT));
        } catch (IllegalArgumentException refused) {
            assertFalse(refused.getMessage().isEmpty());
        }
    }
}
