package io.walnut.enclave.chain;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import java.util.List;
import java.util.Optional;

/**
 * Proves what one storage slot of one account holds, in two steps: the account under the state root, the
 * slot under the account's storage root.
 */
public record AccountProof(MerklePatriciaProof account, MerklePatriciaProof storage) {

    private static final int ACCOUNT_ITEMS = 4;
    private static final int STORAGE_ROOT = 2;

    /** What is proved. */
    public sealed interface Outcome {

        /** There is no such account. */
        record NoAccount() implements Outcome {
        }

        /** The account's slot is zero. */
        record NoValue() implements Outcome {
        }

        /** @param slot the 32-byte word, never zero */
        record Value(Bytes32 slot) implements Outcome {
        }
    }

    /** @throws InvalidProof when the nodes prove none of the outcomes */
    public Outcome verify(Bytes32 stateRoot, Address address, Bytes32 slot) throws InvalidProof {
        Optional<byte[]> state = account.valueOf(stateRoot, address.bytes());
        if (state.isEmpty()) {
            // Whatever stands in the storage part then says nothing.
            return new Outcome.NoAccount();
        }
        Optional<byte[]> value = storage.valueOf(storageRoot(state.get()), slot.bytes());
        return value.isEmpty() ? new Outcome.NoValue() : new Outcome.Value(word(value.get()));
    }

    private static Bytes32 storageRoot(byte[] account) throws InvalidProof {
        if (decode(account) instanceof Rlp.Sequence(List<Rlp> items, byte[] encoding)
                && items.size() == ACCOUNT_ITEMS
                && items.get(STORAGE_ROOT) instanceof Rlp.Bytes(byte[] root)
                && root.length == Bytes32.LENGTH) {
            return Bytes32.of(root);
        }
        throw new InvalidProof();
    }

    private static Bytes32 word(byte[] value) throws InvalidProof {
        if (decode(value) instanceof Rlp.Bytes(byte[] digits)
                && digits.length > 0 && digits.length <= Bytes32.LENGTH && digits[0] != 0) {
            byte[] word = new byte[Bytes32.LENGTH];
            System.arraycopy(digits, 0, word, word.length - digits.length, digits.length);
            return Bytes32.of(word);
        }
        throw new InvalidProof();
    }

    private static Rlp decode(byte[] encoded) throws InvalidProof {
        try {
            return Rlp.decode(encoded);
        } catch (MalformedRlp e) {
            throw new InvalidProof();
        }
    }
}
