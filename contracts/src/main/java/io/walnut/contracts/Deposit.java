package io.walnut.contracts;

import java.math.BigInteger;

/**
 * What a depositor locks in the escrow.
 *
 * @param token {@link Address#ZERO} for the native coin
 * @param amount in the token's smallest unit, the sum of the notes
 * @param notesRoot {@link NoteTree#root()}
 */
public record Deposit(Address token, BigInteger amount, Bytes32 notesRoot) {

    /** The slot of the escrow's {@code mapping(bytes32 => Deposit)}. */
    private static final long MAPPING_SLOT = 0;

    public Deposit {
        Amounts.require(amount);
    }

    /** The deposit's identifier and key in the escrow. */
    public Bytes32 id() {
        return new Words().word(token).word(amount).word(notesRoot).keccak();
    }

    /** The storage slot of the escrow that holds this deposit, to be proved with {@code eth_getProof}. */
    public Bytes32 storageSlot() {
        return new Words().word(id()).word(MAPPING_SLOT).keccak();
    }
}
