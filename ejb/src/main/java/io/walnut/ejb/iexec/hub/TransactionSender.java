package io.walnut.ejb.iexec.hub;

import com.fasterxml.jackson.databind.JsonNode;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Hex;
import io.walnut.contracts.Keccak;
import io.walnut.contracts.Signature;
import io.walnut.ejb.iexec.IexecException;
import io.walnut.ejb.iexec.IexecException.Code;
import io.walnut.ejb.iexec.SigningKey;
import io.walnut.ejb.iexec.order.Uint256;
import io.walnut.ejb.iexec.rpc.JsonRpc;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.Sign;
import org.web3j.crypto.TransactionEncoder;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Signs, sends and awaits one transaction at a time: for deploy commands and tests. The portal has its own
 * outbox, which survives being killed in between; this does not.
 */
public final class TransactionSender {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration PAUSE = Duration.ofMillis(400);
    /** Estimates are exact for the state of one block; the transaction meets another. In percent. */
    private static final BigInteger GAS_MARGIN = BigInteger.valueOf(130);
    private static final BigInteger HUNDRED = BigInteger.valueOf(100);

    private final JsonRpc rpc;
    private final long chainId;

    public TransactionSender(JsonRpc rpc, long chainId) {
        this.rpc = rpc;
        this.chainId = chainId;
    }

    /**
     * Returns when the transaction is in a block.
     *
     * @return the transaction's hash
     * @throws IexecException CALL_REVERTED before sending, TRANSACTION_FAILED after
     */
    public Bytes32 send(HubCall call, SigningKey key) {
        String from = key.address().hex();
        BigInteger nonce = JsonRpc.quantity(rpc.call("eth_getTransactionCount", from, "pending"));
        byte[] raw = sign(transaction(call, nonce, estimate(call, from)), chainId, key);
        Bytes32 hash = Keccak.hash(raw);
        rpc.call("eth_sendRawTransaction", Hex.encode(raw));
        return await(hash, call.purpose());
    }

    private BigInteger estimate(HubCall call, String from) {
        try {
            return JsonRpc.quantity(rpc.call("eth_estimateGas", Map.of("from", from, "to", call.to().hex(),
                    "data", call.data(), "value", JsonRpc.hex(call.value())))).multiply(GAS_MARGIN).divide(HUNDRED);
        } catch (IexecException e) {
            throw e.code() == Code.RPC_REFUSED
                    ? new IexecException(Code.CALL_REVERTED, "cannot " + call.purpose() + ": " + e.getMessage(), e) : e;
        }
    }

    private RawTransaction transaction(HubCall call, BigInteger nonce, BigInteger gas) {
        JsonNode baseFee = rpc.call("eth_getBlockByNumber", "latest", false).get("baseFeePerGas");
        BigInteger price = JsonRpc.quantity(rpc.call("eth_gasPrice"));
        String to = call.to().hex();
        if (baseFee == null) {
            return RawTransaction.createTransaction(nonce, price, gas, to, call.value(), call.data());
        }
        BigInteger tip = price.subtract(JsonRpc.quantity(baseFee)).max(BigInteger.ZERO);
        BigInteger most = JsonRpc.quantity(baseFee).shiftLeft(1).add(tip);
        return RawTransaction.createTransaction(chainId, nonce, gas, to, call.value(), call.data(), tip, most);
    }

    /** A typed transaction names its chain itself; an untyped one does so in the signature (EIP-155). */
    static byte[] sign(RawTransaction transaction, long chainId, SigningKey key) {
        if (transaction.getType().isLegacy()) {
            Signature signature = key.sign(Keccak.hash(TransactionEncoder.encode(transaction, chainId)));
            return TransactionEncoder.encode(transaction,
                    TransactionEncoder.createEip155SignatureData(web3j(signature), chainId));
        }
        return TransactionEncoder.encode(transaction,
                web3j(key.sign(Keccak.hash(TransactionEncoder.encode(transaction)))));
    }

    private static Sign.SignatureData web3j(Signature signature) {
        return new Sign.SignatureData(
                (byte) (27 + signature.yParity()), signature.r().bytes(), Uint256.word(signature.s()));
    }

    private Bytes32 await(Bytes32 hash, String purpose) {
        Instant end = Instant.now().plus(LIMIT);
        while (Instant.now().isBefore(end)) {
            JsonNode receipt = rpc.call("eth_getTransactionReceipt", hash.toString());
            if (receipt.isObject()) {
                if (JsonRpc.quantity(receipt.get("status")).signum() == 0) {
                    throw new IexecException(Code.TRANSACTION_FAILED,
                            "the transaction to " + purpose + " failed on chain: " + hash);
                }
                return hash;
            }
            pause();
        }
        throw new IexecException(Code.TRANSACTION_FAILED, "the transaction to " + purpose + " is in no block after "
                + LIMIT.toMinutes() + " minutes; it may still get there: " + hash);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IexecException(Code.TRANSACTION_FAILED, "interrupted while waiting for a transaction", e);
        }
    }
}
