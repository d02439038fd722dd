package io.walnut.ejb.iexec.hub;

import io.walnut.contracts.Address;
import io.walnut.contracts.Hex;

import java.math.BigInteger;

/**
 * A transaction that somebody has yet to sign and send. This client plans; whoever owns the key and the
 * nonce (the portal's outbox, a deploy command) sends.
 *
 * @param value in the chain's coin, wei
 * @param data hexadecimal with {@code 0x}
 * @param purpose one line for people and logs
 */
public record HubCall(Address to, BigInteger value, String data, String purpose) {

    static HubCall of(Address to, String data, String purpose) {
        return new HubCall(to, BigInteger.ZERO, data, purpose);
    }

    public byte[] dataBytes() {
        return Hex.decode(data);
    }
}
