package io.walnut.enclave.signing;

import io.walnut.contracts.Address;
import io.walnut.contracts.EnclaveResult;
import io.walnut.contracts.EnclaveResult.SignedVoucher;
import io.walnut.contracts.EscrowDomain;
import io.walnut.contracts.KeyDerivation;
import io.walnut.contracts.Secp256k1;
import io.walnut.contracts.Voucher;
import io.walnut.contracts.VoucherRequest;
import io.walnut.enclave.RefusalCode;
import io.walnut.enclave.Refused;
import io.walnut.enclave.input.Configuration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Signs the vouchers of a request that has passed every check. The only code that sees the signer key. */
public final class VoucherSigner {

    private VoucherSigner() {
    }

    /** All vouchers or none: one bad signature means that something is broken. */
    public static EnclaveResult sign(
            Secp256k1 library, byte[] shareA, Configuration configuration, VoucherRequest request) throws Refused {
        EscrowDomain domain = configuration.domain();
        byte[] key = KeyDerivation.signerKey(shareA, configuration.keyShare(), domain);
        try (Secp256k1.SigningKey signer = library.open(key)) {
            List<SignedVoucher> vouchers = new ArrayList<>(request.items().size());
            for (VoucherRequest.Item item : request.items()) {
                var voucher = new Voucher(request.token(), item.amount(), item.linkKey());
                vouchers.add(new SignedVoucher(item.linkKey(), item.amount(),
                        signer.sign(voucher.digest(domain))));
            }
            requireRecovers(library, vouchers.get(0), request, domain, signer.address());
            return new EnclaveResult.Signed(
                    request.resultBlinding(), domain, request.token(), request.notesRoot(),
                    signer.address(), vouchers);
        } catch (IllegalStateException e) {
            // The library checks each signature before it returns it.
            throw new Refused(RefusalCode.SIGNATURE_INVALID);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** The library checks by the private key; this shows that it is still the key of the address that is told. */
    private static void requireRecovers(Secp256k1 library, SignedVoucher signed, VoucherRequest request,
            EscrowDomain domain, Address signer) throws Refused {
        var voucher = new Voucher(request.token(), signed.amount(), signed.linkKey());
        if (!library.recover(voucher.digest(domain), signed.signature()).equals(Optional.of(signer))) {
            throw new Refused(RefusalCode.SIGNATURE_INVALID);
        }
    }
}
