package io.walnut.contracts;

import java.math.BigInteger;

/**
 * What the enclave signs: the holder of {@code linkKey} is owed {@code amount} of {@code token}. It
 * names no deposit.
 *
 * @param token {@link Address#ZERO} for the native coin
 * @param amount in the token's smallest unit
 */
public record Voucher(Address token, BigInteger amount, Address linkKey) {

    private static final Bytes32 TYPE_HASH =
            Words.typeHash("Voucher(address token,uint256 amount,address linkKey)");

    public Voucher {
        Amounts.require(amount);
    }

    public Bytes32 structHash() {
        return new Words().word(TYPE_HASH).word(token).word(amount).word(linkKey).keccak();
    }

    public Bytes32 digest(EscrowDomain domain) {
        return domain.digest(structHash());
    }
}
