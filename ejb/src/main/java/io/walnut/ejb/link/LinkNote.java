package io.walnut.ejb.link;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Signature;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigInteger;

/** One note of a link: what the chain can pay once. */
@Entity
@Table(name = "note")
public class LinkNote {
    /** In hexadecimal: converters do not apply to ids. */
    @Id
    private String linkKey;
    private String linkId;
    private String depositId;
    private int positionInLink;
    private int positionInDeposit;
    private BigInteger amount;
    private Signature voucherSignature;
    private Bytes32 redeemedTx;
    private Address redeemedTo;

    protected LinkNote() {
    }

    public LinkNote(Address linkKey, String linkId, String depositId, int positionInLink, int positionInDeposit,
        BigInteger amount) {
        this.linkKey = linkKey.hex();
        this.linkId = linkId;
        this.depositId = depositId;
        this.positionInLink = positionInLink;
        this.positionInDeposit = positionInDeposit;
        this.amount = amount;
    }

    /** Keeps the enclave's signature. Asking the enclave twice gives the same one. */
    public void vouched(Signature signature) {
        if (voucherSignature != null && !voucherSignature.equals(signature)) {
            throw new IllegalStateException("the note " + linkKey + " has another voucher already");
        }
        voucherSignature = signature;
    }

    /** The chain has paid it, for good. */
    public void redeemed(Bytes32 tx, Address recipient) {
        if (redeemedTx != null && !redeemedTx.equals(tx)) {
            throw new IllegalStateException("the note " + linkKey + " was paid by another transaction already");
        }
        redeemedTx = tx;
        redeemedTo = recipient;
    }

    public Address linkKey() {
        return Address.parse(linkKey);
    }

    public String linkId() {
        return linkId;
    }

    public String depositId() {
        return depositId;
    }

    public int positionInLink() {
        return positionInLink;
    }

    public int positionInDeposit() {
        return positionInDeposit;
    }

    public BigInteger amount() {
        return amount;
    }

    /** Null until the enclave has signed. */
    public Signature voucherSignature() {
        return voucherSignature;
    }

    /** Null until paid. */
    public Bytes32 redeemedTx() {
        return redeemedTx;
    }

    /** Null until paid. */
    public Address redeemedTo() {
        return redeemedTo;
    }
}
