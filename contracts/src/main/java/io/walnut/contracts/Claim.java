package io.walnut.contracts;

import java.math.BigInteger;

/**
 * What the link key signs: where its note is to be paid.
 *
 * @param relayer who is paid the fee, whoever sends the transaction; zero for none
 * @param fee part of the note's amount, in the token's smallest unit; zero when there is no relayer
 * @param deadline the last second, since 1970, at which the claim is valid
 */
public record Claim(Address linkKey, Address recipient, Address relayer, BigInteger fee, BigInteger deadline) {

    private static final Bytes32 TYPE_HASH = Words.typeHash(
            "Claim(address linkKey,address recipient,address relayer,uint256 fee,uint256 deadline)");

    public Bytes32 structHash() {
        return new Words().word(TYPE_HASH).word(linkKey).word(recipient).word(relayer).word(fee).word(deadline)
                .keccak();
    }

    public Bytes32 digest(EscrowDomain domain) {
        return domain.digest(structHash());
    }
}
