package io.walnut.ejb.privacy;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.EscrowAbi;
import io.walnut.ejb.chain.PublicLog;
import io.walnut.ejb.chain.Redemption;
import io.walnut.privacy.chain.PublicChainReader;
import io.walnut.privacy.chain.PublicClaim;
import io.walnut.privacy.chain.PublicDeposit;
import io.walnut.privacy.chain.PublicExit;
import io.walnut.privacy.chain.PublicTransaction;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigInteger;
import java.time.Instant;

/** A final event of the escrow, anybody's: what an outsider has to go by. */
@Entity
@Table(name = "public_event")
public class PublicEvent {
    enum Kind { DEPOSITED, CLAIMED, EXITED }

    /** Block and place in it. */
    @Id
    private String id;
    private long blockNumber;
    @Enumerated(EnumType.STRING)
    private Kind kind;
    private Address token;
    /** Null for a claim, which names none. */
    private Bytes32 deposit;
    /** Null for a deposit. */
    private Address linkKey;
    /** The depositor, or the recipient. */
    private Address account;
    private BigInteger amount;
    private Instant occurredAt;
    private Bytes32 txHash;
    private Address sender;

    protected PublicEvent() {
    }

    PublicEvent(PublicLog log) {
        this.id = log.blockNumber() + "-" + log.index();
        this.blockNumber = log.blockNumber();
        this.occurredAt = log.time();
        this.txHash = log.txHash();
        this.sender = log.sender();
        Bytes32 event = log.topics().get(0);
        if (event.equals(EscrowAbi.DEPOSITED)) {
            var deposited = EscrowAbi.Deposited.decode(log.topics(), log.data());
            is(Kind.DEPOSITED, deposited.token(), deposited.depositor(), deposited.amount());
            deposit = deposited.deposit();
        } else if (EscrowAbi.Claimed.is(event)) {
            var claimed = EscrowAbi.Claimed.decode(log.topics(), log.data());
            is(Kind.CLAIMED, claimed.token(), claimed.recipient(), claimed.amount());
            linkKey = claimed.linkKey();
        } else {
            var exited = EscrowAbi.Exited.decode(log.topics(), log.data());
            is(Kind.EXITED, exited.token(), exited.recipient(), exited.amount());
            deposit = exited.deposit();
            linkKey = exited.linkKey();
        }
    }

    private void is(Kind what, Address ofToken, Address by, BigInteger units) {
        kind = what;
        token = ofToken;
        account = by;
        amount = units;
    }

    String id() {
        return id;
    }

    Redemption redemption() {
        return new Redemption(linkKey, account, amount, txHash, blockNumber);
    }

    void addTo(PublicChainReader reader) {
        switch (kind) {
            case DEPOSITED -> reader.add(new PublicDeposit(deposit, account, token, amount, occurredAt));
            // Fees are left out: the sender's address alone tells the relayers apart, and their fees follow the market.
            case CLAIMED -> reader.add(new PublicClaim(linkKey, account, token, amount, false, occurredAt,
                new PublicTransaction(txHash, sender, 0, 0)));
            case EXITED -> reader.add(new PublicExit(deposit, linkKey, account, token, amount, occurredAt));
        }
    }
}
