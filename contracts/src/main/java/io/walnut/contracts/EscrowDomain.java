package io.walnut.contracts;

import java.math.BigInteger;

/**
 * One escrow on one chain: the EIP-712 domain that binds every signature.
 *
 * @param chainId 1 to 2⁶³ − 1
 */
public record EscrowDomain(long chainId, Address escrow) {

    private static final Bytes32 TYPE_HASH = Words.typeHash(
            "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    private static final Bytes32 NAME = Words.typeHash("Walnut");
    private static final Bytes32 VERSION = Words.typeHash("1");

    public EscrowDomain {
        if (chainId < 1) {
            throw new IllegalArgumentException("a chain id must be positive");
        }
    }

    public Bytes32 separator() {
        return new Words().word(TYPE_HASH).word(NAME).word(VERSION)
                .word(BigInteger.valueOf(chainId)).word(escrow).keccak();
    }

    /** The digest to sign for a message of this domain. */
    public Bytes32 digest(Bytes32 structHash) {
        return Keccak.hash(new byte[] {0x19, 0x01}, separator().bytes(), structHash.bytes());
    }
}
