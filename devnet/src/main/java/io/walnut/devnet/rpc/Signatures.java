package io.walnut.devnet.rpc;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Keccak;
import java.math.BigInteger;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.Optional;
import org.web3j.crypto.Sign;
import org.web3j.utils.Numeric;

/** Who signed a 65-byte signature. */
public final class Signatures {

    private Signatures() {
    }

    /** @return empty for bytes that are no signature */
    public static Optional<Address> signerOfHash(Bytes32 hash, byte[] signature) {
        if (signature.length != 65) {
            return Optional.empty();
        }
        byte v = signature[64] < 27 ? (byte) (signature[64] + 27) : signature[64];
        try {
            BigInteger key = Sign.signedMessageHashToKey(hash.bytes(), new Sign.SignatureData(v,
                    Arrays.copyOfRange(signature, 0, 32), Arrays.copyOfRange(signature, 32, 64)));
            byte[] digest = Keccak.hash(Numeric.toBytesPadded(key, 64)).bytes();
            return Optional.of(Address.of(Arrays.copyOfRange(digest, 12, 32)));
        } catch (SignatureException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** EIP-191. @return empty for bytes that are no signature */
    public static Optional<Address> signerOfMessage(byte[] message, byte[] signature) {
        return signerOfHash(Account.messageHash(message), signature);
    }
}
