package io.walnut.contracts;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A payment link: all that is needed to redeem its notes, carried in a URL's fragment, which no server
 * sees. Close it to wipe the secret.
 */
public final class Link implements AutoCloseable {

    /** The most notes in one link. */
    public static final int MAX_NOTES = 64;

    private static final int VERSION = 1;
    private static final int WRAPPED = 1;
    private static final int OPENED = 2;
    private static final int WORDED = 4;
    /** A tree of 500 leaves is nine levels deep. */
    private static final int MAX_PATH = 9;
    private static final int AMOUNT_LENGTH = 16;

    private final EscrowDomain domain;
    private final Address token;
    private final byte[] secret;
    private final List<Item> items;
    private final Optional<Openings> openings;
    private final Optional<LinkWords> words;

    /**
     * One note of the link.
     *
     * @param signature the enclave's, over the voucher
     */
    public record Item(BigInteger amount, Signature signature) {
        public Item {
            Amounts.require(amount);
        }
    }

    /**
     * What the holder needs to exit without the enclave; it tells which deposit paid.
     *
     * @param openings one for each item, in their order
     */
    public record Openings(BigInteger depositAmount, Bytes32 notesRoot, List<Opening> openings) {
        public Openings {
            Amounts.require(depositAmount);
            openings = List.copyOf(openings);
        }
    }

    /** @param path from the note's leaf to the root */
    public record Opening(Bytes32 salt, List<Bytes32> path) {
        public Opening {
            path = List.copyOf(path);
            if (path.size() > MAX_PATH) {
                throw new IllegalArgumentException("a path has at most " + MAX_PATH + " hashes");
            }
        }
    }

    /** A link without words. @param secret 32 bytes; copied */
    public Link(EscrowDomain domain, Address token, byte[] secret, List<Item> items, Optional<Openings> openings) {
        this(domain, token, secret, items, openings, Optional.empty());
    }

    /** @param secret 32 bytes; copied */
    public Link(EscrowDomain domain, Address token, byte[] secret, List<Item> items, Optional<Openings> openings,
            Optional<LinkWords> words) {
        if (secret.length != KeyDerivation.SECRET_LENGTH) {
            throw new IllegalArgumentException("a link secret has 32 bytes");
        }
        if (items.isEmpty() || items.size() > MAX_NOTES) {
            throw new IllegalArgumentException("a link carries 1 to " + MAX_NOTES + " notes, not " + items.size());
        }
        if (openings.isPresent() && openings.get().openings().size() != items.size()) {
            throw new IllegalArgumentException("a link with openings carries one for each note");
        }
        this.domain = domain;
        this.token = token;
        this.secret = secret.clone();
        this.items = List.copyOf(items);
        this.openings = openings;
        this.words = words;
    }

    /** The fragment without {@code #}. Whoever reads it can take the money. */
    public String toFragment() {
        byte[] body = body();
        byte[] all = ByteBuffer.allocate(2 + body.length)
                .put((byte) VERSION).put((byte) flags()).put(body).array();
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
        } finally {
            Arrays.fill(body, (byte) 0);
            Arrays.fill(all, (byte) 0);
        }
    }

    private int flags() {
        return (openings.isPresent() ? OPENED : 0) | (words.isPresent() ? WORDED : 0);
    }

    private byte[] body() {
        var out = new Words().raw(Words.unsigned(BigInteger.valueOf(domain.chainId()), 8))
                .raw(domain.escrow().bytes()).raw(token.bytes()).raw(secret).raw(new byte[] {(byte) items.size()});
        for (Item item : items) {
            out.raw(Words.unsigned(item.amount(), AMOUNT_LENGTH)).raw(item.signature().bytes());
        }
        openings.ifPresent(opened -> {
            out.word(opened.depositAmount()).word(opened.notesRoot());
            for (Opening opening : opened.openings()) {
                out.word(opening.salt()).raw(new byte[] {(byte) opening.path().size()});
                opening.path().forEach(out::word);
            }
        });
        words.ifPresent(said -> out.raw(said.encoded()));
        return out.bytes();
    }

    /**
     * @param fragment with or without {@code #}
     * @throws IllegalArgumentException for text that is no plain link; a wrapped one is told apart in the message
     */
    public static Link parse(String fragment) {
        byte[] all = decodeBase64(fragment.startsWith("#") ? fragment.substring(1) : fragment);
        try {
            ByteBuffer in = ByteBuffer.wrap(all);
            if (in.get() != VERSION) {
                throw new IllegalArgumentException("the link is of another version than 1");
            }
            int flags = in.get();
            if ((flags & WRAPPED) != 0) {
                throw new IllegalArgumentException("the link is protected by a passphrase");
            }
            if ((flags & ~(OPENED | WORDED)) != 0) {
                throw new IllegalArgumentException("the link carries unknown flags");
            }
            Link link = read(in, flags);
            if (in.hasRemaining()) {
                link.close();
                throw new IllegalArgumentException("the link is too long: something was added to it");
            }
            return link;
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("the link is too short: its end is missing");
        } finally {
            Arrays.fill(all, (byte) 0);
        }
    }

    private static byte[] decodeBase64(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the link holds a character that no link has");
        }
    }

    private static Link read(ByteBuffer in, int flags) {
        var domain = new EscrowDomain(in.getLong(), Address.of(take(in, Address.LENGTH)));
        Address token = Address.of(take(in, Address.LENGTH));
        byte[] secret = take(in, KeyDerivation.SECRET_LENGTH);
        try {
            int count = Byte.toUnsignedInt(in.get());
            var items = new ArrayList<Item>();
            for (int i = 0; i < count; i++) {
                items.add(new Item(unsigned(in, AMOUNT_LENGTH), Signature.of(take(in, Signature.LENGTH))));
            }
            Optional<Openings> openings = (flags & OPENED) == 0 ? Optional.empty() : Optional.of(readOpenings(in, count));
            Optional<LinkWords> words = (flags & WORDED) == 0 ? Optional.empty() : Optional.of(LinkWords.read(in));
            return new Link(domain, token, secret, items, openings, words);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static Openings readOpenings(ByteBuffer in, int count) {
        BigInteger depositAmount = unsigned(in, 32);
        Bytes32 root = Bytes32.of(take(in, Bytes32.LENGTH));
        var openings = new ArrayList<Opening>();
        for (int i = 0; i < count; i++) {
            Bytes32 salt = Bytes32.of(take(in, Bytes32.LENGTH));
            int length = Byte.toUnsignedInt(in.get());
            var path = new ArrayList<Bytes32>();
            for (int j = 0; j < length; j++) {
                path.add(Bytes32.of(take(in, Bytes32.LENGTH)));
            }
            openings.add(new Opening(salt, path));
        }
        return new Openings(depositAmount, root, openings);
    }

    private static BigInteger unsigned(ByteBuffer in, int length) {
        return new BigInteger(1, take(in, length));
    }

    private static byte[] take(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    public EscrowDomain domain() {
        return domain;
    }

    public Address token() {
        return token;
    }

    public List<Item> items() {
        return items;
    }

    public Optional<Openings> openings() {
        return openings;
    }

    /** Who pays, and what they say to the recipient. */
    public Optional<LinkWords> words() {
        return words;
    }

    /** The key that redeems note {@code index}: 32 bytes, the caller's to wipe. */
    public byte[] noteKey(int index) {
        return KeyDerivation.noteKey(secret, index);
    }

    @Override
    public void close() {
        Arrays.fill(secret, (byte) 0);
    }

    @Override
    public String toString() {
        return "Link[" + items.size() + " notes, secret redacted]";
    }
}
