package io.walnut.devnet.rpc;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Hex;
import io.walnut.contracts.Keccak;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.web3j.crypto.Bip32ECKeyPair;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.MnemonicUtils;
import org.web3j.crypto.Sign;
import org.web3j.utils.Numeric;

/** A key of the devnet with its address. The mnemonic is the well-known one of test chains: never a secret. */
public final class Account {

    public static final String MNEMONIC = "test test test test test test test test test test test junk";

    private static final Bip32ECKeyPair PARENT = parent();

    private final ECKeyPair keys;
    private final Address address;

    private Account(ECKeyPair keys) {
        this.keys = keys;
        byte[] publicKey = Numeric.toBytesPadded(keys.getPublicKey(), 64);
        byte[] hash = Keccak.hash(publicKey).bytes();
        this.address = Address.of(Arrays.copyOfRange(hash, 12, 32));
    }

    /** m/44'/60'/0'/0/index */
    public static Account ofIndex(int index) {
        return new Account(Bip32ECKeyPair.deriveKeyPair(PARENT, new int[] {index}));
    }

    public static Account random() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return new Account(ECKeyPair.create(Keccak.hash(key).bytes()));
    }

    public Address address() {
        return address;
    }

    public ECKeyPair keys() {
        return keys;
    }

    /** {@code 0x} and 64 digits, for tools that want it so. */
    public String privateKey() {
        return Hex.encode(Numeric.toBytesPadded(keys.getPrivateKey(), 32));
    }

    /** 65 bytes r ‖ s ‖ v over a hash as it is. */
    public byte[] signHash(Bytes32 hash) {
        return bytes(Sign.signMessage(hash.bytes(), keys, false));
    }

    /** EIP-191: 65 bytes over the prefixed message. */
    public byte[] signMessage(byte[] message) {
        return bytes(Sign.signPrefixedMessage(message, keys));
    }

    /** The hash that EIP-191 makes of a message. */
    public static Bytes32 messageHash(byte[] message) {
        byte[] prefix = ("\u0019Ethereum Signed Message:\n" + message.length).getBytes(StandardCharsets.US_ASCII);
        return Keccak.hash(prefix, message);
    }

    private static byte[] bytes(Sign.SignatureData signature) {
        byte[] out = new byte[65];
        System.arraycopy(signature.getR(), 0, out, 0, 32);
        System.arraycopy(signature.getS(), 0, out, 32, 32);
        out[64] = signature.getV()[0];
        return out;
    }

    private static Bip32ECKeyPair parent() {
        int hard = Bip32ECKeyPair.HARDENED_BIT;
        var master = Bip32ECKeyPair.generateKeyPair(MnemonicUtils.generateSeed(MNEMONIC, ""));
        return Bip32ECKeyPair.deriveKeyPair(master, new int[] {44 | hard, 60 | hard, hard, 0});
    }

    @Override
    public String toString() {
        return address.toString();
    }

    /** Whole coins in wei. */
    public static BigInteger ether(long whole) {
        return BigInteger.TEN.pow(18).multiply(BigInteger.valueOf(whole));
    }
}
