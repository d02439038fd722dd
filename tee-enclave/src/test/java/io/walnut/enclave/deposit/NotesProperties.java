package io.walnut.enclave.deposit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.walnut.contracts.Address;
import io.walnut.contracts.Amounts;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Deposit;
import io.walnut.contracts.EscrowDomain;
import io.walnut.contracts.Keccak;
import io.walnut.contracts.KeyDerivation;
import io.walnut.contracts.Note;
import io.walnut.contracts.NoteTree;
import io.walnut.contracts.VoucherRequest;
import io.walnut.enclave.RefusalCode;
import io.walnut.enclave.Refused;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Only the very notes of a deposit pass, whatever is asked for instead. */
class NotesProperties {

    private static final EscrowDomain DOMAIN =
            new EscrowDomain(1, Address.parse("0x00000000000000000000000000000000000000e5"));

    @Property(tries = 300)
    void theDepositsOwnNotesPass(@ForAll @IntRange(min = 1, max = 60) int count, @ForAll @Size(32) byte[] saltKey)
            throws Refused {
        var items = items(count, saltKey);
        Deposit deposit = deposit(items, saltKey);
        assertEquals(deposit, NotesCheck.depositOf(request(deposit, items, saltKey)));
    }

    @Property(tries = 300)
    void anotherAmountOfOneNoteIsRefused(@ForAll @IntRange(min = 1, max = 40) int count,
            @ForAll @Size(32) byte[] saltKey, @ForAll @IntRange(max = 39) int which,
            @ForAll @BigRange(min = "1", max = "340282366920938463463374607431768211455") BigInteger amount) {
        var items = items(count, saltKey);
        Deposit deposit = deposit(items, saltKey);
        int at = which % count;
        if (!items.get(at).amount().equals(amount)) {
            items.set(at, new VoucherRequest.Item(items.get(at).linkKey(), amount));
            assertRefused(RefusalCode.NOTES_SUM_DIFFERS, deposit, items, saltKey);
        }
    }

    /** The sum stays right: only the root gives it away. */
    @Property(tries = 300)
    void moneyMovedFromOneNoteToAnotherIsRefused(@ForAll @IntRange(min = 2, max = 40) int count,
            @ForAll @Size(32) byte[] saltKey, @ForAll @IntRange(max = 39) int which) {
        var items = items(count, saltKey);
        Deposit deposit = deposit(items, saltKey);
        int from = which % count;
        int to = (from + 1) % count;
        items.set(from, new VoucherRequest.Item(items.get(from).linkKey(), items.get(from).amount().subtract(BigInteger.ONE)));
        items.set(to, new VoucherRequest.Item(items.get(to).linkKey(), items.get(to).amount().add(BigInteger.ONE)));
        assertRefused(RefusalCode.NOTES_ROOT_DIFFERS, deposit, items, saltKey);
    }

    @Property(tries = 300)
    void anotherLinkKeyIsRefused(@ForAll @IntRange(min = 1, max = 40) int count, @ForAll @Size(32) byte[] saltKey,
            @ForAll @IntRange(max = 39) int which) {
        var items = items(count, saltKey);
        Deposit deposit = deposit(items, saltKey);
        items.set(which % count, new VoucherRequest.Item(DOMAIN.escrow(), items.get(which % count).amount()));
        assertRefused(RefusalCode.NOTES_ROOT_DIFFERS, deposit, items, saltKey);
    }

    @Property(tries = 200)
    void anotherOrderIsRefusedBecauseSaltsGoByIndex(@ForAll @IntRange(min = 2, max = 40) int count,
            @ForAll @Size(32) byte[] saltKey) {
        var items = items(count, saltKey);
        Deposit deposit = deposit(items, saltKey);
        Collections.rotate(items, 1);
        assertRefused(RefusalCode.NOTES_ROOT_DIFFERS, deposit, items, saltKey);
    }

    @Property(tries = 200)
    void anotherSaltKeyIsRefused(@ForAll @IntRange(min = 1, max = 40) int count, @ForAll @Size(32) byte[] saltKey,
            @ForAll @IntRange(max = 255) int bit) {
        var items = items(count, saltKey);
        Deposit deposit = deposit(items, saltKey);
        byte[] other = saltKey.clone();
        other[bit / 8] ^= (byte) (1 << bit % 8);
        assertRefused(RefusalCode.NOTES_ROOT_DIFFERS, deposit, items, other);
    }

    @Property(tries = 200)
    void aNoteAskedForTwiceIsRefused(@ForAll @IntRange(min = 2, max = 40) int count, @ForAll @Size(32) byte[] saltKey) {
        var items = items(count, saltKey);
        items.set(count - 1, items.get(0));
        assertRefused(RefusalCode.LINK_KEY_REPEATED, deposit(items, saltKey), items, saltKey);
    }

    @Property(tries = 200)
    void fewerNotesThanTheDepositsAreRefused(@ForAll @IntRange(min = 2, max = 40) int count,
            @ForAll @Size(32) byte[] saltKey) {
        var items = items(count, saltKey);
        Deposit deposit = deposit(items, saltKey);
        items.removeLast();
        assertRefused(RefusalCode.NOTES_SUM_DIFFERS, deposit, items, saltKey);
    }

    private static List<VoucherRequest.Item> items(int count, byte[] seed) {
        var items = new ArrayList<VoucherRequest.Item>();
        for (int i = 0; i < count; i++) {
            byte[] hash = Keccak.hash(seed, ByteBuffer.allocate(4).putInt(i).array()).bytes();
            // Two units at least, and small enough for any sum of them.
            BigInteger amount = new BigInteger(1, hash).mod(Amounts.MAX.shiftRight(20)).add(BigInteger.TWO);
            items.add(new VoucherRequest.Item(Address.of(java.util.Arrays.copyOf(hash, 20)), amount));
        }
        return items;
    }

    private static Deposit deposit(List<VoucherRequest.Item> items, byte[] saltKey) {
        var notes = new ArrayList<Note>();
        for (VoucherRequest.Item item : items) {
            notes.add(new Note(item.linkKey(), item.amount(), KeyDerivation.salt(saltKey, notes.size())));
        }
        BigInteger sum = items.stream().map(VoucherRequest.Item::amount).reduce(BigInteger.ZERO, BigInteger::add);
        Bytes32 root = NoteTree.of(notes).root();
        return new Deposit(Address.ZERO, sum, root);
    }

    private static VoucherRequest request(Deposit deposit, List<VoucherRequest.Item> items, byte[] saltKey) {
        return new VoucherRequest(DOMAIN, deposit.token(), deposit.amount(), deposit.notesRoot(), saltKey, items);
    }

    private static void assertRefused(
            RefusalCode code, Deposit deposit, List<VoucherRequest.Item> items, byte[] saltKey) {
        assertEquals(code, assertThrows(Refused.class,
                () -> NotesCheck.depositOf(request(deposit, items, saltKey))).code());
    }
}
