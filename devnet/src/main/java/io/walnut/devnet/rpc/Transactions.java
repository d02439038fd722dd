package io.walnut.devnet.rpc;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Hex;
import io.walnut.contracts.Keccak;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.web3j.crypto.ContractUtils;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import tools.jackson.databind.JsonNode;

/** Signs and sends transactions. Gas limits and prices are fixed: coins cost nothing here and estimates cost time. */
public final class Transactions {

    private static final BigInteger GAS_PRICE = BigInteger.valueOf(3_000_000_000L);
    private static final BigInteger GAS_LIMIT = BigInteger.valueOf(8_000_000L);
    private static final Duration POLL = Duration.ofMillis(100);

    private final Rpc rpc;
    private final long chainId;

    public Transactions(Rpc rpc, long chainId) {
        this.rpc = rpc;
        this.chainId = chainId;
    }

    /**
     * Sends and waits until it is in a block.
     *
     * @throws RpcException when it is refused, fails on chain, is dropped by a reorganization, or is in no
     *     block within {@code limit}
     */
    public JsonNode execute(Account from, Address to, byte[] data, Duration limit) {
        return execute(from, to, BigInteger.ZERO, data, limit);
    }

    /** {@link #execute(Account, Address, byte[], Duration)} with coins. */
    public JsonNode execute(Account from, Address to, BigInteger wei, byte[] data, Duration limit) {
        Bytes32 hash;
        synchronized (from) {
            BigInteger nonce = nonce(from);
            byte[] raw = sign(from, nonce, to.hex(), wei, data);
            hash = Bytes32.parse(rpc.call("eth_sendRawTransaction", Hex.encode(raw)).asString());
        }
        return receipt(hash, limit);
    }

    private JsonNode receipt(Bytes32 hash, Duration limit) {
        Instant end = Instant.now().plus(limit);
        while (Instant.now().isBefore(end)) {
            JsonNode receipt = rpc.call("eth_getTransactionReceipt", hash.toString());
            if (!receipt.isNull()) {
                return checked(receipt);
            }
            if (rpc.call("eth_getTransactionByHash", hash.toString()).isNull()) {
                throw new RpcException("transaction " + hash + " was dropped by a reorganization");
            }
            try {
                Thread.sleep(POLL);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RpcException("interrupted while waiting for transaction " + hash, e);
            }
        }
        throw new RpcException("transaction " + hash + " is in no block after " + limit.toSeconds() + " s");
    }

    private static JsonNode checked(JsonNode receipt) {
        if (receipt.isNull()) {
            throw new RpcException("a transaction is in no block");
        }
        if (!"0x1".equals(receipt.path("status").asString())) {
            throw new RpcException("transaction " + receipt.path("transactionHash").asString() + " failed on chain");
        }
        return receipt;
    }

    private BigInteger nonce(Account account) {
        return Rpc.quantity(rpc.call("eth_getTransactionCount", account.address().hex(), "pending"));
    }

    private byte[] sign(Account from, BigInteger nonce, String to, BigInteger value, byte[] data) {
        var transaction = RawTransaction.createTransaction(nonce, GAS_PRICE, GAS_LIMIT, to, value, Hex.encode(data));
        return TransactionEncoder.signMessage(transaction, chainId, Credentials.create(from.keys()));
    }

    public Batch batch() {
        return new Batch();
    }

    /** Transactions that are sent together and mined in one block, for a chain that mines on demand. */
    public final class Batch {

        private final Map<Address, BigInteger> nonces = new HashMap<>();
        private final List<byte[]> waiting = new ArrayList<>();

        /** @return the address that the contract will have */
        public Address create(Account from, byte[] initCode) {
            BigInteger nonce = next(from);
            waiting.add(sign(from, nonce, null, BigInteger.ZERO, initCode));
            return Address.parse(ContractUtils.generateContractAddress(from.address().hex(), nonce));
        }

        public void call(Account from, Address to, byte[] data) {
            waiting.add(sign(from, next(from), to.hex(), BigInteger.ZERO, data));
        }

        /**
         * Sends what is waiting, mines one block, and checks that every transaction succeeded.
         *
         * @return the receipts in the order of the transactions
         */
        public List<JsonNode> mine() {
            // Three requests, because a node may work on the calls of one in any order.
            rpc.batch(calls("eth_sendRawTransaction", Hex::encode));
            rpc.call("evm_mine");
            List<JsonNode> receipts = rpc.batch(calls("eth_getTransactionReceipt", raw -> Keccak.hash(raw).toString()));
            receipts.forEach(Transactions::checked);
            waiting.clear();
            return receipts;
        }

        private List<Rpc.Call> calls(String method, Function<byte[], String> parameter) {
            return waiting.stream().map(raw -> new Rpc.Call(method, List.of(parameter.apply(raw)))).toList();
        }

        private BigInteger next(Account from) {
            return nonces.merge(from.address(), nonces.containsKey(from.address()) ? BigInteger.ONE : nonce(from),
                    BigInteger::add);
        }
    }
}
