package io.walnut.ejb.iexec.order;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Keccak;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Builds {@code hashStruct} of EIP-712 for flat structs: the type's hash, then one word per member. */
final class StructHash {

    private final ByteArrayOutputStream words = new ByteArrayOutputStream(512);

    StructHash(Bytes32 typeHash) {
        add(typeHash);
    }

    static Bytes32 ofText(String text) {
        return Keccak.hash(text.getBytes(StandardCharsets.UTF_8));
    }

    StructHash add(Bytes32 value) {
        words.writeBytes(value.bytes());
        return this;
    }

    StructHash add(Address value) {
        words.writeBytes(new byte[Bytes32.LENGTH - Address.LENGTH]);
        words.writeBytes(value.bytes());
        return this;
    }

    StructHash add(BigInteger value) {
        words.writeBytes(Uint256.word(value));
        return this;
    }

    /** A dynamic string stands in the struct as its hash. */
    StructHash add(String value) {
        return add(ofText(value));
    }

    Bytes32 hash() {
        return Keccak.hash(words.toByteArray());
    }
}
