package io.walnut.contracts;

import java.math.BigInteger;

/**
 * What the link key signs: which money is to be paid, and where. The key itself is not named: whoever signed
 * is the link key.
 *
 * @param token {@link Address#ZERO} for the native coin
 * @param amount the note's, all of it, in the token's smallest unit
 * @param fee part of the amount; zero when there is no relayer
 * @param relayer who is paid the fee, whoever sends the transaction; zero for none
 * @param deadline the last second, since 1970, at which the claim is valid
 */
public record Claim(Address token, BigInteger amount, Address recipient, BigInteger fee, Address relayer,
        BigInteger deadline) {

    private static final Bytes32 TYPE_HASH = Words.typeHash("Claim(address token,uint256 amount,address recipient,"
            + "uint256 fee,address relayer,uint256 deadline)");

    public Bytes32 structHash() {
        return words(new Words().word(TYPE_HASH)).keccak();
    }

    public Bytes32 digest(EscrowDomain domain) {
        return domain.digest(structHash());
    }

    Words words(Words to) {
        return to.word(token).word(amount).word(recipient).word(fee).word(relayer).word(deadline);
    }
}
