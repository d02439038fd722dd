package io.walnut.enclave.chain;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the escrow's slot of a deposit holds: {@code u96 time ‖ address depositor}.
 *
 * @param time seconds since 1970, of the block that took the deposit
 */
public record DepositRecord(BigInteger time, Address depositor) {

    private static final int TIME_LENGTH = 12;

    /** Empty if either part is zero, which no deposit leaves behind. */
    public static Optional<DepositRecord> ofSlot(Bytes32 slot) {
        byte[] word = slot.bytes();
        var time = new BigInteger(1, Arrays.copyOf(word, TIME_LENGTH));
        var depositor = Address.of(Arrays.copyOfRange(word, TIME_LENGTH, word.length));
        boolean whole = time.signum() > 0 && !depositor.isZero();
        return whole ? Optional.of(new DepositRecord(time, depositor)) : Optional.empty();
    }
}
