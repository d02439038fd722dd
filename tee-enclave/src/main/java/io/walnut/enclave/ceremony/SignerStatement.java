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
 * What the enclave says of its key: the address, and the statement keys of the two shares that it was made
 * of. Holds nothing secret. Only the enclave can make it, because nobody else ever sees both shares.
 */
public record SignerStatement(
        EscrowDomain domain, Address statementKeyA, Address statementKeyB, Address signer, Signature signature) {

    private static final byte[] LABEL = "walnut/v1 signer statement".getBytes(StandardCharsets.US_ASCII);

    public static SignerStatement of(byte[] shareA, byte[] shareB, EscrowDomain domain, Secp256k1 library) {
        byte[] statementA = KeyDerivation.statementKey(shareA, Role.A.letter(), domain);
        byte[] statementB = KeyDerivation.statementKey(shareB, Role.B.letter(), domain);
        byte[] key = KeyDerivation.signerKey(shareA, shareB, domain);
        try (Secp256k1.SigningKey signing = library.open(key)) {
            Address a = library.address(statementA);
            Address b = library.address(statementB);
            return new SignerStatement(domain, a, b, signing.address(),
                    signing.sign(digest(domain, a, b, signing.address())));
        } finally {
            Arrays.fill(statementA, (byte) 0);
            Arrays.fill(statementB, (byte) 0);
            Arrays.fill(key, (byte) 0);
        }
    }

    /** Whether the signer itself says so, of exactly these two shares. */
    public boolean holdsFor(ShareStatement a, ShareStatement b, Secp256k1 library) {
        return domain.equals(a.domain()) && domain.equals(b.domain())
                && a.role() == Role.A && b.role() == Role.B
                && statementKeyA.equals(a.statementKey()) && statementKeyB.equals(b.statementKey())
                && library.recover(digest(domain, statementKeyA, statementKeyB, signer), signature)
                        .equals(Optional.of(signer));
    }

    private static Bytes32 digest(EscrowDomain domain, Address a, Address b, Address signer) {
        return Keccak.hash(LABEL, domain.separator().bytes(), a.bytes(), b.bytes(), signer.bytes());
    }
}
