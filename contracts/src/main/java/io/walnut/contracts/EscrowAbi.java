package io.walnut.contracts;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Call data and events of the escrow ({@code docs/protocol.md} §4). Written by hand: nearly all
 * arguments are static words, and the enclave's and the portal's class paths stay free of an ABI library.
 */
public final class EscrowAbi {

    public static final Bytes32 DEPOSITED =
            Words.typeHash("Deposited(bytes32,address,address,uint256,bytes32)");
    /** Of native coin. */
    public static final Bytes32 CLAIMED = Words.typeHash("Claimed(address,uint256,address)");
    public static final Bytes32 TOKEN_CLAIMED = Words.typeHash("TokenClaimed(address,address,uint256,address)");
    public static final Bytes32 EXITED = Words.typeHash("Exited(bytes32,address,address,uint256,address)");

    private static final String SIGNATURE = "(bytes32,bytes32)";
    private static final String CLAIM = "claim((address,uint256,address,uint256,address,uint256)," + SIGNATURE + ","
            + SIGNATURE + ")";
    private static final String CLAIM_MANY = "claimMany(address,address,(uint256,address,uint256,uint256," + SIGNATURE
            + "," + SIGNATURE + ")[],uint256)";

    private EscrowAbi() {
    }

    /** To be sent with {@code deposit.amount()} wei when the token is the native coin. */
    public static byte[] deposit(Deposit deposit) {
        return call("deposit(address,uint256,bytes32)").word(deposit.token()).word(deposit.amount())
                .word(deposit.notesRoot()).bytes();
    }

    /**
     * The arguments of a {@code claim}.
     *
     * @param link the link key's signature
     * @param voucher the enclave's signature
     */
    public record SignedClaim(Claim claim, Signature link, Signature voucher) {
    }

    public static byte[] claim(SignedClaim signed) {
        return signatures(signed.claim().words(call(CLAIM)), signed).bytes();
    }

    /**
     * Several claims in one call; one that cannot be paid is passed over.
     *
     * @param claims at least one, all with the same token and relayer
     * @param gasPerItem the gas that one claim may use
     * @throws IllegalArgumentException for claims of several tokens or relayers
     */
    public static byte[] claimMany(List<SignedClaim> claims, long gasPerItem) {
        Claim first = claims.getFirst().claim();
        Words call = call(CLAIM_MANY).word(first.token()).word(first.relayer()).word(4 * 32L).word(gasPerItem)
                .word(claims.size());
        for (SignedClaim signed : claims) {
            Claim claim = signed.claim();
            if (!claim.token().equals(first.token()) || !claim.relayer().equals(first.relayer())) {
                throw new IllegalArgumentException("claims of one call must have the same token and relayer");
            }
            signatures(call.word(claim.amount()).word(claim.recipient()).word(claim.fee()).word(claim.deadline()),
                    signed);
        }
        return call.bytes();
    }

    private static Words signatures(Words call, SignedClaim signed) {
        return call.word(signed.link().r()).word(signed.link().vs()).word(signed.voucher().r())
                .word(signed.voucher().vs());
    }

    /** @param path from the note's leaf to the deposit's root */
    public static byte[] exit(Claim claim, Signature link, Deposit deposit, Bytes32 salt, List<Bytes32> path) {
        int headWords = 6 + 2 + 3 + 1;
        Words call = call("exit((address,uint256,address,uint256,address,uint256)," + SIGNATURE
                + ",uint256,bytes32,bytes32,bytes32[])");
        claim.words(call).word(link.r()).word(link.vs()).word(deposit.amount()).word(deposit.notesRoot()).word(salt)
                .word(headWords * 32L).word(path.size());
        path.forEach(call::word);
        return call.bytes();
    }

    public static byte[] isRedeemed(Address linkKey) {
        return call("isRedeemed(address)").word(linkKey).bytes();
    }

    public static byte[] isSigner(Address signer) {
        return call("isSigner(address)").word(signer).bytes();
    }

    public static byte[] depositOf(Bytes32 deposit) {
        return call("depositOf(bytes32)").word(deposit).bytes();
    }

    /** A decoded {@code Deposited} log. */
    public record Deposited(Bytes32 deposit, Address depositor, Address token, BigInteger amount, Bytes32 notesRoot) {

        /** @throws IllegalArgumentException for a log of another shape */
        public static Deposited decode(List<Bytes32> topics, byte[] data) {
            var log = new Log(topics, data, DEPOSITED, 4, 2);
            return new Deposited(topics.get(1), log.topicAddress(2), log.topicAddress(3), log.number(0), log.word(1));
        }
    }

    /** A decoded {@code Claimed} or {@code TokenClaimed} log. */
    public record Claimed(Address linkKey, Address token, BigInteger amount, Address recipient) {

        /** Whether a log with this first topic can be decoded. */
        public static boolean is(Bytes32 event) {
            return event.equals(CLAIMED) || event.equals(TOKEN_CLAIMED);
        }

        /** @throws IllegalArgumentException for a log of another shape */
        public static Claimed decode(List<Bytes32> topics, byte[] data) {
            if (!topics.isEmpty() && topics.get(0).equals(TOKEN_CLAIMED)) {
                var log = new Log(topics, data, TOKEN_CLAIMED, 2, 3);
                return new Claimed(log.topicAddress(1), log.address(0), log.number(1), log.address(2));
            }
            var log = new Log(topics, data, CLAIMED, 2, 2);
            return new Claimed(log.topicAddress(1), Address.ZERO, log.number(0), log.address(1));
        }
    }

    /** A decoded {@code Exited} log. */
    public record Exited(Bytes32 deposit, Address linkKey, Address token, BigInteger amount, Address recipient) {

        /** @throws IllegalArgumentException for a log of another shape */
        public static Exited decode(List<Bytes32> topics, byte[] data) {
            var log = new Log(topics, data, EXITED, 3, 3);
            return new Exited(topics.get(1), log.topicAddress(2), log.address(0), log.number(1), log.address(2));
        }
    }

    private record Log(List<Bytes32> topics, byte[] data) {

        Log(List<Bytes32> topics, byte[] data, Bytes32 event, int topicCount, int words) {
            this(topics, data);
            if (topics.size() != topicCount || !topics.get(0).equals(event) || data.length != 32 * words) {
                throw new IllegalArgumentException("not a log of the escrow's event " + event);
            }
        }

        Bytes32 word(int index) {
            return Bytes32.of(Arrays.copyOfRange(data, 32 * index, 32 * index + 32));
        }

        BigInteger number(int index) {
            return word(index).toUnsigned();
        }

        Address address(int index) {
            return address(word(index));
        }

        Address topicAddress(int index) {
            return address(topics.get(index));
        }

        private static Address address(Bytes32 word) {
            return Address.of(Arrays.copyOfRange(word.bytes(), 12, 32));
        }
    }

    private static Words call(String function) {
        byte[] hash = Keccak.hash(function.getBytes(StandardCharsets.US_ASCII)).bytes();
        return new Words().raw(Arrays.copyOf(hash, 4));
    }
}
