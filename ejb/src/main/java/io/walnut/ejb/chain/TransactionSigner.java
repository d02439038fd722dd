package io.walnut.ejb.chain;

import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Hex;
import io.walnut.contracts.Keccak;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigInteger;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;

/** Signs EIP-1559 transactions for the sender's chain. The same input gives the same bytes. */
@ApplicationScoped
public class TransactionSigner {
    @Inject
    private Chains chains;
    @Inject
    private SenderKeys keys;

    Broadcast sign(ChainTransaction tx, long nonce, long gasLimit, ChainNode.Fees fees) {
        Credentials key = keys.credentials(tx.sender())
            .orElseThrow(() -> new IllegalStateException("no key is configured for the " + tx.sender()));
        RawTransaction raw = RawTransaction.createTransaction(chains.of(tx.sender()).chainId(), BigInteger.valueOf(nonce),
            BigInteger.valueOf(gasLimit), tx.destination().hex(), tx.amount(), Hex.encode(tx.data()),
            fees.priorityFee(), fees.maxFee());
        byte[] signed = TransactionEncoder.signMessage(raw, key);
        Bytes32 hash = Keccak.hash(signed);
        return new Broadcast(hash, tx.id(), signed, fees);
    }
}
