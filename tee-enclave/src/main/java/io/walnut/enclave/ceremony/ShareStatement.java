package io.walnut.enclave.ceremony;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.EscrowDomain;
import io.walnut.contracts.Keccak;
import io.walnut.contracts.KeyDerivation;
import io.walnut.contracts.Secp256k1;
import io.walnut.contracts.Signature;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * One share holder's proof of knowing a share, for the other holder to check.
 *
 * @param challenge chosen by the other holder, so that no older statement can stand in
 * @param statementKey the address of the share's statement key: a commitment to the share
 * @param signature by the statement key, over role, escrow and challenge
 */
public record ShareStatement(
        Role role, EscrowDomain domain, Bytes32 challenge, Address statementKey, Signature signature) {

    private static final byte[] LABEL = "walnut/v1 share statement".getBytes(StandardCharsets.US_ASCII);

    public static ShareStatement of(
            byte[] share, Role role, EscrowDomain domain, Bytes32 challenge, Secp256k1 library) {
        byte[] key = KeyDerivation.statementKey(share, role.letter(), domain);
        try (Secp256k1.SigningKey signing = library.open(key)) {
            return new ShareStatement(role, domain, challenge, signing.address(),
                    signing.sign(digest(role, domain, challenge)));
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    public boolean isSignedByItsKey(Secp256k1 library) {
        return library.recover(digest(role, domain, challenge), signature).equals(Optional.of(statementKey));
    }

    private static Bytes32 digest(Role role, EscrowDomain domain, Bytes32 challenge) {
        return Keccak.hash(LABEL, new byte[] {(byte) role.letter()}, domain.separator().bytes(), challenge.bytes());
    }
}
