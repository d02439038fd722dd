package io.walnut.devnet.rpc;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Hex;
import io.walnut.contracts.Keccak;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Uint256;

/**
 * Call data from a full signature and values. The selector comes from the signature as written, so that
 * what is called stands in the code, structs included.
 */
public final class Abi {

    private Abi() {
    }

    /** @param signature such as {@code transfer(address,uint256)} */
    public static byte[] call(String signature, Type<?>... values) {
        byte[] selector = selector(signature);
        byte[] arguments = encode(values);
        byte[] out = Arrays.copyOf(selector, 4 + arguments.length);
        System.arraycopy(arguments, 0, out, 4, arguments.length);
        return out;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    public static byte[] encode(Type<?>... values) {
        return Hex.decodeDigits(FunctionEncoder.encodeConstructor((List) List.of(values)));
    }

    public static byte[] selector(String signature) {
        return Arrays.copyOf(topic(signature).bytes(), 4);
    }

    /** The first topic of an event. */
    public static Bytes32 topic(String signature) {
        return Keccak.hash(signature.getBytes(StandardCharsets.US_ASCII));
    }

    public static org.web3j.abi.datatypes.Address address(Address value) {
        return new org.web3j.abi.datatypes.Address(value.hex());
    }

    public static Uint256 uint(long value) {
        return new Uint256(value);
    }

    public static Uint256 uint(BigInteger value) {
        return new Uint256(value);
    }

    public static Utf8String string(String value) {
        return new Utf8String(value);
    }

    public static DynamicBytes bytes(byte[] value) {
        return new DynamicBytes(value);
    }

    public static org.web3j.abi.datatypes.generated.Bytes32 bytes32(Bytes32 value) {
        return new org.web3j.abi.datatypes.generated.Bytes32(value.bytes());
    }
}
