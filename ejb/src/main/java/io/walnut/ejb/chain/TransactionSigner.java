package io.walnut.ejb.chain;

import io.walnut.contracts.Hex;
import io.walnut.contracts.Keccak;
import io.walnut.contracts.Signature;
import io.walnut.ejb.iexec.SigningKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.util.Arrays;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.Sign;
import org.web3j.crypto.TransactionEncoder;

/** Signs EIP-1559 transactions for the sender's chain. The same input gives the same bytes. */
@ApplicationScoped
public class TransactionSigner {
    private static final int V_OFFSET = 27;

    @Inject
    private Chains chains;
    @Inject
    private SenderKeys keys;

    Broadcast sign(ChainTransaction tx, long nonce, long gasLimit, ChainNode.Fees fees) {
        SigningKey key = keys.key(tx.sender())
            .orElseThrow(() -> new IllegalStateException("no key is configured for the " + tx.sender()));
        RawTransaction raw = RawTransaction.createTransaction(chains.of(tx.sender()).chainId(),
            BigInteger.valueOf(nonce), BigInteger.valueOf(gasLimit), tx.destination().hex(), tx.amount(),
            Hex.encode(tx.data()), fees.priorityFee(), fees.maxFee());
        byte[] signed = TransactionEncoder.encode(raw, web3j(key.sign(Keccak.hash(TransactionEncoder.encode(raw)))));
        return new Broadcast(Keccak.hash(signed), tx.id(), signed, fees);
    }

    private static Sign.SignatureData web3j(Signature signature) {
        byte[] s = signature.vs().bytes();
        s[0] &= 0x7f;
        return new Sign.SignatureData((byte) (V_OFFSET + signature.yParity()), signature.r().bytes(),
            Arrays.copyOf(s, s.length));
    }
}
