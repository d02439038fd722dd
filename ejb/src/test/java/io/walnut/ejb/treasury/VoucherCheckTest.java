package io.walnut.ejb.treasury;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Deposit;
import io.walnut.contracts.EnclaveResult;
import io.walnut.contracts.EnclaveResult.SignedVoucher;
import io.walnut.contracts.EscrowDomain;
import io.walnut.contracts.Secp256k1;
import io.walnut.contracts.Voucher;
import io.walnut.ejb.link.LinkNote;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VoucherCheckTest {
    private static final Secp256k1 CURVE = Secp256k1.bouncyCastle();
    private static final EscrowDomain DOMAIN = new EscrowDomain(1, Address.parse("0x" + "ee".repeat(20)));
    private static final Bytes32 ROOT = Bytes32.parse("0x" + "ab".repeat(32));
    private static final Bytes32 BLINDING = Bytes32.parse("0x" + "cd".repeat(32));
    private static final byte[] SIGNER = key(1);
    private static final Address LINK_KEY = CURVE.address(key(2));
    private final FundingDeposit deposit = new FundingDeposit("dep_1", "bat_1", 0,
        new Deposit(Address.ZERO, BigInteger.TEN, ROOT), 1);
    private final List<LinkNote> notes = List.of(new LinkNote(LINK_KEY, "lnk_1", "dep_1", 0, 0, BigInteger.TEN));

    private static byte[] key(int number) {
        byte[] key = new byte[32];
        key[31] = (byte) number;
        return key;
    }

    private Optional<String> check(EnclaveResult.Signed result) {
        return VoucherCheck.fault(result, new VoucherCheck.Expected(DOMAIN, deposit, BLINDING, notes), CURVE);
    }

    private static EnclaveResult.Signed result(EscrowDomain domain, Bytes32 blinding, Bytes32 root, Address signer,
        Address linkKey, long amount) {
        var digest = new Voucher(Address.ZERO, BigInteger.valueOf(amount), linkKey).digest(domain);
        return new EnclaveResult.Signed(blinding, domain, Address.ZERO, root, signer,
            List.of(new SignedVoucher(linkKey, BigInteger.valueOf(amount), CURVE.sign(digest, SIGNER))));
    }

    @Test
    void whatWasAskedForIsAccepted() {
        assertEquals(Optional.empty(), check(result(DOMAIN, BLINDING, ROOT, CURVE.address(SIGNER), LINK_KEY, 10)));
    }

    @Test
    void everythingElseIsRefused() {
        Address signer = CURVE.address(SIGNER);
        Address other = CURVE.address(key(3));
        for (EnclaveResult.Signed wrong : List.of(
            result(new EscrowDomain(2, DOMAIN.escrow()), BLINDING, ROOT, signer, LINK_KEY, 10),
            result(DOMAIN, Bytes32.ZERO, ROOT, signer, LINK_KEY, 10),
            result(DOMAIN, BLINDING, Bytes32.ZERO, signer, LINK_KEY, 10),
            result(DOMAIN, BLINDING, ROOT, other, LINK_KEY, 10),
            result(DOMAIN, BLINDING, ROOT, signer, other, 10),
            result(DOMAIN, BLINDING, ROOT, signer, LINK_KEY, 11),
            new EnclaveResult.Signed(BLINDING, DOMAIN, Address.ZERO, ROOT, signer, List.of()))) {
            assertTrue(check(wrong).isPresent(), wrong::toString);
        }
    }
}
