package io.walnut.contracts;

import java.math.BigInteger;

/**
 * One payable unit of a deposit.
 *
 * @param linkKey the address whose key redeems the note, and its nullifier
 * @param amount in the token's smallest unit, 1 to 2¹²⁸ − 1
 * @param salt hides the note in the tree until it is disclosed
 */
public record Note(Address linkKey, BigInteger amount, Bytes32 salt) {

    public Note {
        Amounts.require(amount);
    }

    /** OpenZeppelin StandardMerkleTree leaf over {@code (address, uint256, bytes32)}. */
    public Bytes32 leaf() {
        return Keccak.hash(new Words().word(linkKey).word(amount).word(salt).keccak().bytes());
    }
}
