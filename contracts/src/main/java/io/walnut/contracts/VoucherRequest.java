package io.walnut.contracts;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * What the enclave is asked: vouchers for the notes of one deposit. It travels as iExec requester
 * secrets, always {@value #CHUNKS} of them, whatever the number of notes. Close it to wipe the salt key.
 */
public final class VoucherRequest implements AutoCloseable {

    public static final int CHUNKS = 6;
    /** The most characters that iExec's SMS takes in one requester secret. */
    public static final int CHUNK_LENGTH = 4096;

    private static final int VERSION = 1;
    private static final int AMOUNT_LENGTH = 16;
    private static final int NOTE_LENGTH = Address.LENGTH + AMOUNT_LENGTH;
    private static final int HEADER_LENGTH = 1 + 8 + 20 + 20 + 32 + 32 + 32 + 2;
    static final int LENGTH = HEADER_LENGTH + NoteTree.MAX_NOTES * NOTE_LENGTH;
    private static final int TEXT_LENGTH = (LENGTH + 2) / 3 * 4;

    private final EscrowDomain domain;
    private final Address token;
    private final BigInteger amount;
    private final Bytes32 notesRoot;
    private final byte[] saltKey;
    private final List<Item> items;

    /** A note without its salt. */
    public record Item(Address linkKey, BigInteger amount) {
    }

    /** Why text is not a request; each is a stable code. */
    public enum Fault {
        REQUEST_CHUNKS, REQUEST_BASE64, REQUEST_LENGTH, REQUEST_VERSION, REQUEST_CHAIN_ID,
        REQUEST_NOTE_COUNT, REQUEST_PADDING
    }

    /** The text is not a request. The message is the fault's name and never repeats the text. */
    public static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;
        private final Fault fault;

        MalformedException(Fault fault) {
            super(fault.name());
            this.fault = fault;
        }

        public Fault fault() {
            return fault;
        }
    }

    /**
     * Checks shapes only; whether the amounts add up and the root is theirs is the enclave's to check.
     *
     * @param saltKey 32 bytes; copied
     * @param items 1 to 500
     */
    public VoucherRequest(EscrowDomain domain, Address token, BigInteger amount, Bytes32 notesRoot,
            byte[] saltKey, List<Item> items) {
        if (saltKey.length != KeyDerivation.SECRET_LENGTH) {
            throw new IllegalArgumentException("a salt key has 32 bytes");
        }
        if (items.isEmpty() || items.size() > NoteTree.MAX_NOTES) {
            throw new IllegalArgumentException("a request holds 1 to 500 notes, not " + items.size());
        }
        this.domain = domain;
        this.token = token;
        this.amount = amount;
        this.notesRoot = notesRoot;
        this.saltKey = saltKey.clone();
        this.items = List.copyOf(items);
    }

    /** {@value #CHUNKS} chunks of ASCII, in order; the caller's to wipe. */
    public List<byte[]> encode() {
        ByteBuffer plain = ByteBuffer.allocate(LENGTH);
        plain.put((byte) VERSION).putLong(domain.chainId()).put(domain.escrow().bytes()).put(token.bytes())
                .put(Words.unsigned(amount, 32)).put(notesRoot.bytes()).put(saltKey).putShort((short) items.size());
        for (Item item : items) {
            plain.put(item.linkKey().bytes()).put(Words.unsigned(item.amount(), AMOUNT_LENGTH));
        }
        byte[] text = Base64.getEncoder().encode(plain.array());
        Arrays.fill(plain.array(), (byte) 0);
        var chunks = new ArrayList<byte[]>(CHUNKS);
        for (int at = 0; at < text.length; at += CHUNK_LENGTH) {
            chunks.add(Arrays.copyOfRange(text, at, Math.min(text.length, at + CHUNK_LENGTH)));
        }
        Arrays.fill(text, (byte) 0);
        return chunks;
    }

    /** The strict inverse of {@link #encode}: exactly one sequence of chunks stands for a request. */
    public static VoucherRequest decode(List<byte[]> chunks) throws MalformedException {
        byte[] plain = decodeBase64(chunks);
        try {
            return read(ByteBuffer.wrap(plain));
        } catch (BufferUnderflowException e) {
            throw new MalformedException(Fault.REQUEST_LENGTH);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private static byte[] decodeBase64(List<byte[]> chunks) throws MalformedException {
        if (chunks.size() != CHUNKS) {
            throw new MalformedException(Fault.REQUEST_CHUNKS);
        }
        ByteBuffer text = ByteBuffer.allocate(TEXT_LENGTH);
        try {
            for (int i = 0; i < CHUNKS; i++) {
                byte[] chunk = chunks.get(i);
                int expected = Math.min(CHUNK_LENGTH, TEXT_LENGTH - i * CHUNK_LENGTH);
                if (chunk.length != expected) {
                    throw new MalformedException(Fault.REQUEST_LENGTH);
                }
                text.put(chunk);
            }
            return strictBase64(text.array());
        } finally {
            Arrays.fill(text.array(), (byte) 0);
        }
    }

    private static byte[] strictBase64(byte[] text) throws MalformedException {
        byte[] plain;
        try {
            plain = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedException(Fault.REQUEST_BASE64);
        }
        // No re-encoding check for stray bits: the length is a multiple of three, so there are none.
        if (plain.length != LENGTH) {
            Arrays.fill(plain, (byte) 0);
            throw new MalformedException(Fault.REQUEST_LENGTH);
        }
        return plain;
    }

    private static VoucherRequest read(ByteBuffer plain) throws MalformedException {
        if (plain.get() != VERSION) {
            throw new MalformedException(Fault.REQUEST_VERSION);
        }
        long chainId = plain.getLong();
        if (chainId < 1) {
            throw new MalformedException(Fault.REQUEST_CHAIN_ID);
        }
        var domain = new EscrowDomain(chainId, Address.of(take(plain, 20)));
        Address token = Address.of(take(plain, 20));
        var amount = new BigInteger(1, take(plain, 32));
        Bytes32 root = Bytes32.of(take(plain, 32));
        byte[] saltKey = take(plain, 32);
        try {
            return new VoucherRequest(domain, token, amount, root, saltKey, readItems(plain));
        } finally {
            Arrays.fill(saltKey, (byte) 0);
        }
    }

    private static List<Item> readItems(ByteBuffer plain) throws MalformedException {
        int count = Short.toUnsignedInt(plain.getShort());
        if (count < 1 || count > NoteTree.MAX_NOTES) {
            throw new MalformedException(Fault.REQUEST_NOTE_COUNT);
        }
        var items = new ArrayList<Item>(count);
        for (int i = 0; i < count; i++) {
            items.add(new Item(Address.of(take(plain, 20)), new BigInteger(1, take(plain, AMOUNT_LENGTH))));
        }
        while (plain.hasRemaining()) {
            if (plain.get() != 0) {
                throw new MalformedException(Fault.REQUEST_PADDING);
            }
        }
        return items;
    }

    private static byte[] take(ByteBuffer from, int length) {
        byte[] bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }

    public EscrowDomain domain() {
        return domain;
    }

    public Address token() {
        return token;
    }

    /** What the deposit is said to hold. */
    public BigInteger amount() {
        return amount;
    }

    public Bytes32 notesRoot() {
        return notesRoot;
    }

    public List<Item> items() {
        return items;
    }

    /** The salt of item {@code index}. */
    public Bytes32 salt(int index) {
        return KeyDerivation.salt(saltKey, index);
    }

    public Bytes32 resultBlinding() {
        return KeyDerivation.resultBlinding(saltKey);
    }

    @Override
    public void close() {
        Arrays.fill(saltKey, (byte) 0);
    }

    @Override
    public String toString() {
        return "VoucherRequest[" + items.size() + " notes, salt key redacted]";
    }
}
