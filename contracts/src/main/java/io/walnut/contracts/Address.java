package io.walnut.contracts;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An Ethereum address: 20 bytes. Immutable. */
public final class Address implements Comparable<Address> {

    public static final int LENGTH = 20;
    /** Stands for the chain's native coin where a token is asked for. */
    public static final Address ZERO = new Address(new byte[LENGTH]);

    private final byte[] bytes;
    /** With its checksum, once somebody has asked: that costs a hash. */
    private String text;

    private Address(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @throws IllegalArgumentException unless {@code bytes} holds exactly 20 */
    public static Address of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("expected 20 bytes, got " + bytes.length);
        }
        return canonical(new Address(bytes.clone()));
    }

    /** Native coin is most tables' token. */
    private static Address canonical(Address address) {
        return address.isZero() ? ZERO : address;
    }

    /**
     * @param hex {@code 0x} and 40 hexadecimal digits: all of one case, or with the EIP-55 checksum
     * @throws IllegalArgumentException also when mixed case does not match the checksum, which means a typing error
     */
    public static Address parse(String hex) {
        var address = new Address(Hex.decode(hex, LENGTH));
        String digits = hex.substring(2);
        boolean mixed = !digits.equals(digits.toLowerCase(java.util.Locale.ROOT))
                && !digits.equals(digits.toUpperCase(java.util.Locale.ROOT));
        if (mixed && !address.toString().equals(hex)) {
            throw new IllegalArgumentException("the address's EIP-55 checksum does not match: a digit is wrong");
        }
        return canonical(address);
    }

    /** The address of an uncompressed public key (65 bytes, the first 0x04). */
    static Address ofPublicKey(byte[] uncompressed) {
        byte[] hash = Keccak.hash(Arrays.copyOfRange(uncompressed, 1, 65)).bytes();
        return new Address(Arrays.copyOfRange(hash, 12, 32));
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public boolean isZero() {
        return equals(ZERO);
    }

    /** {@code 0x} and 40 lower-case digits. */
    public String hex() {
        return Hex.encode(bytes);
    }

    @Override
    public int compareTo(Address other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Address that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** With the EIP-55 checksum. */
    @Override
    public String toString() {
        if (text == null) {
            text = withChecksum();
        }
        return text;
    }

    private String withChecksum() {
        char[] digits = Hex.digits(bytes).toCharArray();
        byte[] hash = Keccak.hash(new String(digits).getBytes(StandardCharsets.US_ASCII)).bytes();
        for (int i = 0; i < digits.length; i++) {
            int nibble = (hash[i / 2] >> (i % 2 == 0 ? 4 : 0)) & 0xf;
            if (nibble >= 8) {
                digits[i] = Character.toUpperCase(digits[i]);
            }
        }
        return "0x" + new String(digits);
    }
}
