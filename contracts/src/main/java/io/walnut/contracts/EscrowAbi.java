package io.walnut.contracts;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Call data and events of the escrow ({@code docs/protocol.md} §4). Written by hand: all but one of the
 * arguments are static words, and the enclave's and the portal's class paths stay free of an ABI library.
 */
public final class EscrowAbi {

    public static final Bytes32 DEPOSITED =
            Words.typeHash("Deposited(bytes32,address,address,uint256,bytes32)");
    public static final Bytes32 CLAIMED =
            Words.typeHash("Claimed(address,address,address,uint256,address,uint256)");
    public static final Bytes32 EXITED =
            Words.typeHash("Exited(bytes32,address,address,address,uint256,address,uint256)");

    private static final int SELECTOR_LENGTH = 4;
    private static final String VOUCHER = "(address,uint256,address)";
    private static final String SIGNATURE = "(bytes32,bytes32)";
    private static final String PAYOUT = "(address,address,uint256,uint256)";

    private EscrowAbi() {
    }

    /** To be sent with {@code deposit.amount()} wei when the token is the native coin. */
    public static byte[] deposit(Deposit deposit) {
        return call("deposit(address,uint256,bytes32)").word(deposit.token()).word(deposit.amount())
                .word(deposit.notesRoot()).bytes();
    }

    public static byte[] claim(Voucher voucher, Signature enclave, Claim claim, Signature link) {
        Words call = call("claim(" + String.join(",", VOUCHER, SIGNATURE, PAYOUT, SIGNATURE) + ")")
                .word(voucher.token()).word(voucher.amount()).word(voucher.linkKey())
                .word(enclave.r()).word(enclave.vs());
        return payout(call, claim, link).bytes();
    }

    /**
     * Several claims in one transaction; one that cannot be paid is passed over.
     *
     * @param claims each as {@link #claim} gives it
     * @param gasPerItem what the call of one claim may use
     */
    public static byte[] claimMany(List<byte[]> claims, long gasPerItem) {
        String item = "(" + String.join(",", VOUCHER, SIGNATURE, PAYOUT, SIGNATURE) + ")";
        Words call = call("claimMany(" + item + "[],uint256)").word(2 * 32L).word(gasPerItem).word(claims.size());
        claims.forEach(claim -> call.raw(Arrays.copyOfRange(claim, SELECTOR_LENGTH, claim.length)));
        return call.bytes();
    }

    /** @param path from the note's leaf to the deposit's root */
    public static byte[] exit(Deposit deposit, Note note, List<Bytes32> path, Claim claim, Signature link) {
        int headWords = 3 + 3 + 1 + 4 + 2;
        Words call = call("exit((address,uint256,bytes32),(address,uint256,bytes32),bytes32[]," + PAYOUT + ","
                + SIGNATURE + ")")
                .word(deposit.token()).word(deposit.amount()).word(deposit.notesRoot())
                .word(note.linkKey()).word(note.amount()).word(note.salt())
                .word(headWords * 32L);
        payout(call, claim, link).word(path.size());
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

    /** A decoded {@code Claimed} log. */
    public record Claimed(Address linkKey, Address recipient, Address token, BigInteger amount, Address relayer,
            BigInteger fee) {

        /** @throws IllegalArgumentException for a log of another shape */
        public static Claimed decode(List<Bytes32> topics, byte[] data) {
            var log = new Log(topics, data, CLAIMED, 4, 3);
            return new Claimed(log.topicAddress(1), log.topicAddress(2), log.topicAddress(3), log.number(0),
                    log.address(1), log.number(2));
        }
    }

    /** A decoded {@code Exited} log. */
    public record Exited(Bytes32 deposit, Address linkKey, Address recipient, Address token, BigInteger amount,
            Address relayer, BigInteger fee) {

        /** @throws IllegalArgumentException for a log of another shape */
        public static Exited decode(List<Bytes32> topics, byte[] data) {
            var log = new Log(topics, data, EXITED, 4, 4);
            return new Exited(topics.get(1), log.topicAddress(2), log.topicAddress(3), log.address(0), log.number(1),
                    log.address(2), log.number(3));
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

    private static Words payout(Words call, Claim claim, Signature link) {
        return call.word(claim.recipient()).word(claim.relayer()).word(claim.fee()).word(claim.deadline())
                .word(link.r()).word(link.vs());
    }

    private static Words call(String function) {
        byte[] hash = Keccak.hash(function.getBytes(StandardCharsets.US_ASCII)).bytes();
        return new Words().raw(Arrays.copyOf(hash, 4));
    }
}
