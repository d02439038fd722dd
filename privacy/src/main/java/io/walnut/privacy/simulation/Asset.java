package io.walnut.privacy.simulation;

import io.walnut.contracts.Address;
import java.math.BigInteger;

/**
 * @param unit the step of amounts that people pay in, in smallest units: a cent of a dollar, 0.0001 of an ether
 */
public record Asset(String symbol, Address token, BigInteger unit) {

    public static final Asset USDC = new Asset("USDC",
            Address.parse("0x00000000000000000000000000000000000000c1"), BigInteger.valueOf(10_000));
    public static final Asset ETH = new Asset("ETH", Address.ZERO, BigInteger.TEN.pow(14));

    BigInteger amount(long units) {
        return unit.multiply(BigInteger.valueOf(units));
    }
}
