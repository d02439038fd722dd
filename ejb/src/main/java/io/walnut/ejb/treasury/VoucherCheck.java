package io.walnut.ejb.treasury;

import io.walnut.contracts.Bytes32;
import io.walnut.contracts.EnclaveResult;
import io.walnut.contracts.EnclaveResult.SignedVoucher;
import io.walnut.contracts.EscrowDomain;
import io.walnut.contracts.Secp256k1;
import io.walnut.contracts.Voucher;
import io.walnut.ejb.link.LinkNote;
import java.util.List;
import java.util.Optional;

/** Whether the enclave's vouchers are those that were asked for, each truly signed. */
final class VoucherCheck {
    private VoucherCheck() {
    }

    /** What was asked. */
    record Expected(EscrowDomain domain, FundingDeposit deposit, Bytes32 blinding, List<LinkNote> notes) {
    }

    /** Why the result cannot be used; empty when it can. Whether the escrow knows the signer is not asked here. */
    static Optional<String> fault(EnclaveResult.Signed result, Expected expected, Secp256k1 curve) {
        if (!result.domain().equals(expected.domain())) {
            return Optional.of("the result is for another escrow");
        }
        if (!result.notesRoot().equals(expected.deposit().notesRoot())
            || !result.token().equals(expected.deposit().token())) {
            return Optional.of("the result is for another deposit");
        }
        if (!result.blinding().equals(expected.blinding())) {
            return Optional.of("the result has another blinding: it does not come from our request");
        }
        if (result.vouchers().size() != expected.notes().size()) {
            return Optional.of("the result has " + result.vouchers().size() + " vouchers instead of "
                + expected.notes().size());
        }
        for (int i = 0; i < expected.notes().size(); i++) {
            LinkNote note = expected.notes().get(i);
            SignedVoucher voucher = result.vouchers().get(i);
            if (!voucher.linkKey().equals(note.linkKey()) || !voucher.amount().equals(note.amount())) {
                return Optional.of("voucher " + i + " is for another note");
            }
            Bytes32 digest = new Voucher(result.token(), voucher.amount(), voucher.linkKey()).digest(expected.domain());
            if (!curve.recover(digest, voucher.signature()).equals(Optional.of(result.signer()))) {
                return Optional.of("voucher " + i + " is not signed by " + result.signer());
            }
        }
        return Optional.empty();
    }
}
