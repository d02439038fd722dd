package io.walnut.privacy.receipt;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Deposit;
import io.walnut.contracts.EscrowDomain;
import io.walnut.contracts.Keccak;
import io.walnut.contracts.Link;
import io.walnut.contracts.Note;
import io.walnut.contracts.Secp256k1;
import io.walnut.contracts.Signature;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a company discloses of one payment: its notes with their openings, the deposit that paid, and the transactions
 * that redeemed them. It tells nothing of the deposit's other notes, whose hashes the paths are made of.
 *
 * @param depositTransaction that made the deposit
 * @param reference the company's name for the payment, up to {@value #MAX_REFERENCE} UTF-8 bytes
 * @param issuedAt in whole seconds
 */
public record Receipt(EscrowDomain domain, Deposit deposit, Bytes32 depositTransaction, List<Item> items,
        String reference, Instant issuedAt) {

    public static final int MAX_REFERENCE = 200;
    /** A tree of 500 leaves is nine levels deep. */
    public static final int MAX_PATH = 9;

    private static final String NOTE_TYPE =
            "ReceiptNote(address linkKey,uint256 amount,bytes32 salt,bytes32 redemptionTransaction)";
    private static final Bytes32 NOTE_TYPE_HASH = hash(NOTE_TYPE);
    private static final Bytes32 TYPE_HASH = hash("Receipt(address token,uint256 depositAmount,bytes32 notesRoot,"
            + "bytes32 depositTransaction,ReceiptNote[] notes,string reference,uint256 issuedAt)" + NOTE_TYPE);

    /**
     * One note of the payment.
     *
     * @param path from its leaf to the deposit's root
     * @param redemption the transaction that claimed it or exited with it; empty while it is unredeemed
     */
    public record Item(Note note, List<Bytes32> path, Optional<Bytes32> redemption) {
        public Item {
            path = List.copyOf(path);
            if (path.size() > MAX_PATH) {
                throw new IllegalArgumentException("a path has at most " + MAX_PATH + " hashes");
            }
        }

        private byte[] structHash() {
            return Keccak.hash(NOTE_TYPE_HASH.bytes(), word(note.linkKey()), word(note.amount()), note.salt().bytes(),
                    redemption.orElse(Bytes32.ZERO).bytes()).bytes();
        }
    }

    /**
     * A receipt with the company's word for it.
     *
     * @param signer whose key made the signature: the depositor, unless the company announced another key
     */
    public record Signed(Receipt receipt, Address signer, Signature signature) {
    }

    public Receipt {
        items = List.copyOf(items);
        if (items.isEmpty() || items.size() > Link.MAX_NOTES) {
            throw new IllegalArgumentException("a receipt shows 1 to " + Link.MAX_NOTES + " notes, not " + items.size());
        }
        if (reference.getBytes(StandardCharsets.UTF_8).length > MAX_REFERENCE) {
            throw new IllegalArgumentException("a reference has at most " + MAX_REFERENCE + " bytes");
        }
        if (issuedAt.getNano() != 0 || issuedAt.getEpochSecond() < 0) {
            throw new IllegalArgumentException("the time of issue is given in whole seconds since 1970");
        }
    }

    /** What was paid, in the token's smallest unit. */
    public BigInteger amount() {
        return items.stream().map(item -> item.note().amount()).reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** @param key the company's, 32 bytes; the caller's to wipe */
    public Signed sign(Secp256k1 curve, byte[] key) {
        return new Signed(this, curve.address(key), curve.sign(digest(), key));
    }

    /** The EIP-712 digest to sign. */
    public Bytes32 digest() {
        byte[][] notes = items.stream().map(Item::structHash).toArray(byte[][]::new);
        return domain.digest(Keccak.hash(TYPE_HASH.bytes(), word(deposit.token()), word(deposit.amount()),
                deposit.notesRoot().bytes(), depositTransaction.bytes(), Keccak.hash(notes).bytes(),
                hash(reference).bytes(), word(BigInteger.valueOf(issuedAt.getEpochSecond()))));
    }

    private static Bytes32 hash(String text) {
        return Keccak.hash(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] word(Address address) {
        return ByteBuffer.allocate(Bytes32.LENGTH).position(Bytes32.LENGTH - Address.LENGTH).put(address.bytes()).array();
    }

    private static byte[] word(BigInteger number) {
        byte[] digits = number.toByteArray();
        int length = Math.min(digits.length, Bytes32.LENGTH);
        return ByteBuffer.allocate(Bytes32.LENGTH).position(Bytes32.LENGTH - length)
                .put(digits, digits.length - length, length).array();
    }
}
