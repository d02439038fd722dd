package io.walnut.ejb.chain;

import io.walnut.contracts.Address;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The one sequence of nonces of a sender, shared by all nodes and by all runs of the server. */
@Entity
@Table(name = "sender_account")
public class SenderAccount {
    @Id
    @Enumerated(EnumType.STRING)
    private Sender sender;
    private Address address;
    private long nextNonce;

    protected SenderAccount() {
    }

    SenderAccount(Sender sender, Address address, long nextNonce) {
        this.sender = sender;
        this.address = address;
        this.nextNonce = nextNonce;
    }

    /** The next nonce. @param onChain how many transactions the chain has, which others may have sent */
    long takeNonce(long onChain) {
        long nonce = Math.max(nextNonce, onChain);
        nextNonce = nonce + 1;
        return nonce;
    }

    /** A new key for the same sender starts its own sequence. */
    void useKey(Address other) {
        if (!other.equals(address)) {
            address = other;
            nextNonce = 0;
        }
    }
}
