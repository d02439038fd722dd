package io.walnut.ejb.audit;

import io.walnut.contracts.Bytes32;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The end of the chain of events. */
@Entity
@Table(name = "audit_chain")
public class AuditChain {
    static final String MAIN = "main";

    @Id
    private String name;
    private long position;
    private Bytes32 hash;

    protected AuditChain() {
    }

    void append(EventRecord event) {
        event.chain(position + 1, hash);
        position++;
        hash = event.hash();
    }

    public long position() {
        return position;
    }

    public Bytes32 hash() {
        return hash;
    }
}
