package io.walnut.ejb.treasury;

import io.walnut.contracts.Address;
import io.walnut.contracts.Secp256k1;
import io.walnut.contracts.Voucher;
import io.walnut.ejb.chain.EscrowChain;
import io.walnut.ejb.chain.EscrowSettings;
import io.walnut.ejb.chain.RpcException;
import io.walnut.ejb.link.LinkStore;
import io.walnut.ejb.link.PaymentLink;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Optional;

/** Which enclave signed last: read from its newest voucher, so that nothing has to be kept for it. */
@Stateless
public class LastSigner {
    @EJB
    private LinkStore links;
    @Inject
    private EscrowChain chain;
    @Inject
    private EscrowSettings escrow;

    /** @param trusted whether the escrow takes its vouchers now; null while the chain does not answer */
    public record Signer(Address address, Boolean trusted) {
    }

    /** Empty before anything was signed. */
    public Optional<Signer> find() {
        return links.newestSignedNote().flatMap(note -> {
            PaymentLink link = links.get(note.linkId());
            var voucher = new Voucher(link.token(), note.amount(), note.linkKey());
            return Secp256k1.bouncyCastle().recover(voucher.digest(escrow.domain()), note.voucherSignature());
        }).map(address -> new Signer(address, trusted(address)));
    }

    private Boolean trusted(Address signer) {
        try {
            return chain.isSigner(signer);
        } catch (RpcException e) {
            return null;
        }
    }
}
