package io.walnut.ejb.chain;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.ejb.chain.ChainTransaction.State;
import io.walnut.ejb.chain.ChainNode.Draft;
import io.walnut.ejb.chain.ChainNode.Estimate;
import io.walnut.ejb.chain.ChainNode.Fees;
import io.walnut.ejb.chain.ChainNode.Receipt;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Sends transactions so that killing the server loses and doubles none: what is meant is stored first,
 * then nonce and signed bytes, and only then it is sent; sending the same bytes again does no harm.
 * Each step is a transaction of its own that takes its rows with SKIP LOCKED, so nodes share the work.
 */
@Stateless
public class Outbox {
    /** In a second: as many claims as most chains have room for. A rush waits its turn, and is still taken in at once. */
    private static final int MOST_SIGNED = 50;
    private static final Duration REBROADCAST = Duration.ofSeconds(15);
    private static final Duration RETRY = Duration.ofSeconds(3);

    @PersistenceContext(unitName = "walnut")
    private EntityManager em;
    @Inject
    private Chains chains;
    @Inject
    private SenderKeys keys;
    @Inject
    private TransactionSigner signer;
    @Inject
    private Event<TransactionOutcome> outcomes;
    @Inject
    @ConfigProperty(name = "walnut.outbox.bump-after-seconds", defaultValue = "60")
    private long bumpAfterSeconds;
    /** In one look or broadcast: what an RPC provider takes in a batch. */
    @Inject
    @ConfigProperty(name = "walnut.outbox.at-once", defaultValue = "200")
    private int atOnce;

    /**
     * Means to send a transaction. Asked again for the same purpose, it gives the first one.
     *
     * @param purpose at most 80 characters; at most one transaction is ever made for it
     */
    public ChainTransaction enqueue(String purpose, Sender sender, Address to, BigInteger value, byte[] data) {
        return find(purpose).orElseGet(() -> add(purpose, sender, to, value, data));
    }

    /** The same, for a purpose that cannot have been used before; should it have been, the commit fails. */
    public ChainTransaction add(String purpose, Sender sender, Address to, BigInteger value, byte[] data) {
        var tx = new ChainTransaction(purpose, sender, to, value, data);
        em.persist(tx);
        return tx;
    }

    /**
     * The same, for what may be tried again when it was rejected or reverted: the purpose gets a number.
     *
     * @return the last try
     */
    public ChainTransaction enqueueAgain(String purpose, Sender sender, Address to, BigInteger value, byte[] data) {
        for (int attempt = 1;; attempt++) {
            ChainTransaction tx = enqueue(purpose + ':' + attempt, sender, to, value, data);
            if (tx.state() != State.REVERTED && tx.state() != State.REJECTED) {
                return tx;
            }
        }
    }

    /** Always another one. */
    public ChainTransaction enqueueNew(String purpose, Sender sender, Address to, BigInteger value, byte[] data) {
        for (int number = 1;; number++) {
            if (find(purpose + ':' + number).isEmpty()) {
                return enqueue(purpose + ':' + number, sender, to, value, data);
            }
        }
    }

    /** The same, for what may be needed anew each time that the last one is over, however it ended. */
    public ChainTransaction enqueueNext(String purpose, Sender sender, Address to, BigInteger value, byte[] data) {
        for (int number = 1;; number++) {
            ChainTransaction tx = enqueue(purpose + ':' + number, sender, to, value, data);
            if (tx.isUnderWay()) {
                return tx;
            }
        }
    }

    /** Whether a transaction with such a purpose is not at its end. */
    public boolean hasUnderWay(String purposePrefix) {
        return em.createQuery("select count(t) from ChainTransaction t where t.state in (QUEUED, SIGNED, SENT, MINED)"
                + " and t.purpose like :prefix", Long.class)
            .setParameter("prefix", purposePrefix + '%').getSingleResult() > 0;
    }

    /** The last try of what {@link #enqueueAgain} was asked for. */
    public Optional<ChainTransaction> findLast(String purpose) {
        Optional<ChainTransaction> last = Optional.empty();
        for (int attempt = 1;; attempt++) {
            Optional<ChainTransaction> next = find(purpose + ':' + attempt);
            if (next.isEmpty()) {
                return last;
            }
            last = next;
        }
    }

    public Optional<ChainTransaction> find(String purpose) {
        return em.createQuery("select t from ChainTransaction t where t.purpose = :purpose", ChainTransaction.class)
            .setParameter("purpose", purpose).getResultStream().findFirst();
    }

    /** Gives queued transactions their nonces and signs them. */
    public int sign(Sender sender) {
        Optional<Address> from = keys.address(sender);
        if (from.isEmpty()) {
            return 0;
        }
        List<ChainTransaction> queued = take("t.state = QUEUED and t.nextAttemptAt <= :now and t.sender = :sender"
            + " and (t.afterId is null or exists (select 1 from ChainTransaction p where p.id = t.afterId"
            + " and p.state in (MINED, SETTLED, REVERTED, REJECTED)))", sender, MOST_SIGNED);
        if (queued.isEmpty()) {
            return 0;
        }
        SenderAccount account = account(sender, from.get());
        ChainNode chain = chains.of(sender);
        List<Estimate> estimates = chain.estimate(queued.stream()
            .map(t -> new Draft(from.get(), t.destination(), t.amount(), t.data())).toList());
        Fees fees = GasRule.fees(sender, chain.fees());
        long onChain = chain.nonce(from.get());
        for (int i = 0; i < queued.size(); i++) {
            switch (estimates.get(i)) {
                case Estimate.Gas gas -> sign(queued.get(i), account.takeNonce(onChain), gas.units(), fees);
                case Estimate.Reverts reverts -> giveUpOrWait(queued.get(i), reverts);
                // Not the transaction's fault; a wallet without funds can be filled up, and health shows it as low.
                case Estimate.Unknown unknown -> queued.get(i).refused(unknown.message(), RETRY);
            }
        }
        return queued.size();
    }

    /**
     * A reorganisation may have taken away what it builds on, which is sent again: only finality settles that. Another
     * node may have noticed already, so that it is not in a block any more.
     */
    private void giveUpOrWait(ChainTransaction tx, Estimate.Reverts reverts) {
        if (tx.afterId() != null && em.find(ChainTransaction.class, tx.afterId()).isUnderWay()) {
            tx.refused(reverts.message(), RETRY);
        } else {
            giveUp(tx, reverts);
        }
    }

    private void sign(ChainTransaction tx, long nonce, long estimate, Fees fees) {
        long gasLimit = GasRule.limit(tx.sender(), estimate);
        Broadcast signed = signer.sign(tx, nonce, gasLimit, fees);
        em.persist(signed);
        tx.signed(nonce, gasLimit, signed.hash());
    }

    private void giveUp(ChainTransaction tx, Estimate.Reverts reverts) {
        tx.rejected(reverts.message() + ' ' + reverts.data());
        tell(tx, Optional.of(reverts.data()));
    }

    /** Sends what is signed, and again what was not seen in a block for a while. */
    public int send(Sender sender) {
        List<ChainTransaction> due = take("t.state in (SIGNED, SENT) and t.nextAttemptAt <= :now and t.sender = :sender",
            sender, atOnce);
        if (due.isEmpty()) {
            return 0;
        }
        Map<String, Broadcast> signed = em.createQuery("select b from Broadcast b where b.hash in :hashes",
            Broadcast.class).setParameter("hashes", due.stream().map(t -> t.hash().toString()).toList()).getResultStream()
            .collect(Collectors.toMap(b -> b.hash().toString(), Function.identity()));
        List<byte[]> raw = due.stream().map(t -> signed.get(t.hash().toString()).raw()).toList();
        List<Optional<String>> refusals = chains.of(sender).broadcast(raw);
        for (int i = 0; i < due.size(); i++) {
            Optional<String> refusal = refusals.get(i).filter(reason -> !isKnown(reason));
            if (refusal.isEmpty()) {
                due.get(i).sent(REBROADCAST);
            } else {
                due.get(i).refused(refusal.get(), RETRY);
            }
        }
        return due.size();
    }

    /** Whether the node says that it has the transaction, or one with its nonce, already. */
    private static boolean isKnown(String reason) {
        String text = reason.toLowerCase(java.util.Locale.ROOT);
        return text.contains("already known") || text.contains("already imported") || text.contains("nonce too low");
    }

    /**
     * Looks whether what was sent is in a block, and whether that block is final. Two requests. What waits for a block
     * and what waits for finality are counted apart: finality takes minutes, and whoever waits for it would keep the
     * news of a block from the others, which would then be sent anew for more.
     */
    public int watch(Sender sender) {
        var open = new ArrayList<>(take("t.state in (SIGNED, SENT) and t.attempts > 0 and t.sender = :sender", sender,
            atOnce));
        open.addAll(take("t.state = MINED and t.sender = :sender", sender, atOnce));
        if (open.isEmpty()) {
            return 0;
        }
        ChainNode chain = chains.of(sender);
        long finalized = chain.heights().finalized();
        List<Broadcast> sent = em.createQuery("select b from Broadcast b where b.transactionId in :ids", Broadcast.class)
            .setParameter("ids", open.stream().map(ChainTransaction::id).toList()).getResultList();
        List<Optional<Receipt>> receipts = chain.receipts(sent.stream().map(Broadcast::hash).toList());
        var found = new HashMap<String, Receipt>();
        for (int i = 0; i < sent.size(); i++) {
            String owner = sent.get(i).transactionId();
            receipts.get(i).ifPresent(receipt -> found.put(owner, receipt));
        }
        open.forEach(tx -> follow(tx, Optional.ofNullable(found.get(tx.id())), finalized));
        return open.size();
    }

    private void follow(ChainTransaction tx, Optional<Receipt> receipt, long finalized) {
        if (receipt.isEmpty()) {
            if (tx.state() == State.MINED) {
                tx.unmined();
                tell(tx, Optional.empty());
            }
            return;
        }
        boolean news = tx.state() != State.MINED;
        tx.mined(receipt.get().hash(), receipt.get().blockNumber());
        if (receipt.get().blockNumber() <= finalized) {
            tx.settled(receipt.get().succeeded());
            news = true;
        }
        if (news) {
            tell(tx, Optional.empty());
        }
    }

    /** Signs anew, with a higher fee, what is stuck; and gives up nonces that another transaction has used. */
    public int bump(Sender sender) {
        Instant before = Instant.now().minusSeconds(bumpAfterSeconds);
        List<ChainTransaction> stuck = em.createQuery(
                "select t from ChainTransaction t where t.state = SENT and t.sentAt < :before and t.sender = :sender"
                    + " order by t.nonce",
                ChainTransaction.class).setParameter("before", before).setParameter("sender", sender).setMaxResults(atOnce)
            .setLockMode(LockModeType.PESSIMISTIC_WRITE).setHint("jakarta.persistence.lock.timeout", -2)
            .getResultList();
        if (stuck.isEmpty()) {
            return 0;
        }
        ChainNode chain = chains.of(sender);
        Fees market = GasRule.fees(sender, chain.fees());
        for (ChainTransaction tx : stuck) {
            if (chain.finalizedNonce(keys.address(tx.sender()).orElseThrow()) > tx.nonce()) {
                loseNonce(tx, chain);
            } else {
                replace(tx, market);
            }
        }
        return stuck.size();
    }

    private void loseNonce(ChainTransaction tx, ChainNode chain) {
        boolean mined = chain.receipts(broadcasts(tx).stream().map(Broadcast::hash).toList()).stream()
            .anyMatch(Optional::isPresent);
        if (!mined) {
            broadcasts(tx).forEach(em::remove);
            tx.nonceLost();
        }
    }

    private void replace(ChainTransaction tx, Fees market) {
        Fees old = em.find(Broadcast.class, tx.hash().toString()).fees();
        var fees = new Fees(raised(old.maxFee()).max(market.maxFee()),
            raised(old.priorityFee()).max(market.priorityFee()));
        Broadcast signed = signer.sign(tx, tx.nonce(), tx.gasLimit(), fees);
        em.persist(signed);
        tx.replaced(signed.hash());
    }

    /** An eighth more: nodes want at least a tenth for a replacement. */
    private static BigInteger raised(BigInteger fee) {
        return fee.add(fee.shiftRight(3)).add(BigInteger.ONE);
    }

    private List<Broadcast> broadcasts(ChainTransaction tx) {
        return em.createQuery("select b from Broadcast b where b.transactionId = :id", Broadcast.class)
            .setParameter("id", tx.id()).getResultList();
    }

    private void tell(ChainTransaction tx, Optional<String> reason) {
        outcomes.fire(new TransactionOutcome(tx.purpose(), tx.state(), Optional.ofNullable(tx.hash()), reason));
    }

    private SenderAccount account(Sender sender, Address address) {
        SenderAccount account = em.find(SenderAccount.class, sender, LockModeType.PESSIMISTIC_WRITE);
        if (account == null) {
            account = new SenderAccount(sender, address, 0);
            em.persist(account);
            em.flush();
        }
        account.useKey(address);
        return account;
    }

    private List<ChainTransaction> take(String condition, Sender sender, int most) {
        var query = em.createQuery("select t from ChainTransaction t where " + condition + " order by t.id",
            ChainTransaction.class).setParameter("sender", sender).setMaxResults(most)
            .setLockMode(LockModeType.PESSIMISTIC_WRITE).setHint("jakarta.persistence.lock.timeout", -2);
        if (condition.contains(":now")) {
            query.setParameter("now", Instant.now());
        }
        return query.getResultList();
    }
}
