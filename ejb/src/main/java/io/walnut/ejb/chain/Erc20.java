package io.walnut.ejb.chain;

import io.walnut.contracts.Address;
import io.walnut.contracts.Hex;
import java.math.BigInteger;
import org.web3j.utils.Numeric;

/** Calls of an ERC-20 token. */
final class Erc20 {
    private static final String BALANCE_OF = "0x70a08231";
    private static final String ALLOWANCE = "0xdd62ed3e";
    private static final String APPROVE = "0x095ea7b3";

    private Erc20() {
    }

    static byte[] balanceOf(Address owner) {
        return Hex.decode(BALANCE_OF + word(owner));
    }

    static byte[] allowance(Address owner, Address spender) {
        return Hex.decode(ALLOWANCE + word(owner) + word(spender));
    }

    static byte[] approve(Address spender, BigInteger amount) {
        return Hex.decode(APPROVE + word(spender) + Numeric.toHexStringNoPrefixZeroPadded(amount, 64));
    }

    private static String word(Address address) {
        return "0".repeat(24) + address.hex().substring(2);
    }
}
