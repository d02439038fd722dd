package io.walnut.privacy;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Claim;
import io.walnut.contracts.Deposit;
import io.walnut.contracts.EscrowAbi;
import io.walnut.contracts.EscrowAbi.SignedClaim;
import io.walnut.contracts.EscrowDomain;
import io.walnut.contracts.Hex;
import io.walnut.contracts.Keccak;
import io.walnut.contracts.Note;
import io.walnut.contracts.Secp256k1;
import io.walnut.contracts.Voucher;
import io.walnut.devnet.anvil.Anvil;
import io.walnut.devnet.rpc.Rpc;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.HashSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real escrow on a chain of its own; any address may send. */
public final class EscrowOnAnvil implements AutoCloseable {

    public static final BigInteger GWEI = BigInteger.TEN.pow(9);

    private static final long CHAIN_ID = 31_337;
    private static final long CLAIM_GAS = 150_000;
    private static final byte[] SIGNER_KEY = key("signer");
    private static final BigInteger DEADLINE = BigInteger.TWO.pow(40);
    private static final Address OWNER = address(key("owner"));

    private final Anvil anvil;
    private final Set<Address> senders = new HashSet<>();
    public final Rpc rpc;
    public final EscrowDomain domain;

    public EscrowOnAnvil() throws IOException {
        anvil = Anvil.start(Path.of("..", "devnet"), CHAIN_ID, 0, 2, Files.createTempFile("anvil", ".log"));
        rpc = anvil.rpc();
        Bytes32 created = send(OWNER, null, BigInteger.ZERO, initCode(), GWEI);
        anvil.mine();
        domain = new EscrowDomain(CHAIN_ID, Address.parse(receipt(created).get("contractAddress").asString()));
        send(OWNER, domain.escrow(), BigInteger.ZERO,
                call("addSigner(address)", word(address(SIGNER_KEY))), GWEI);
        anvil.mine();
    }

    public URI node() {
        return rpc.endpoint();
    }

    public void mine() {
        anvil.mine();
    }

    public void mineAt(Instant time) {
        rpc.call("evm_setNextBlockTimestamp", time.getEpochSecond());
        anvil.mine();
    }

    /** Blocks enough for all before to be final. */
    public void finalizeAll() {
        for (int i = 0; i < 4; i++) {
            anvil.mine();
        }
    }

    public Bytes32 deposit(Address from, Deposit deposit) {
        return send(from, domain.escrow(), deposit.amount(), EscrowAbi.deposit(deposit), GWEI);
    }

    /** A note and where it goes. */
    public record Redeemed(byte[] noteKey, BigInteger amount, Address recipient) {
    }

    /** With the enclave's voucher. */
    public Bytes32 claim(Address from, Redeemed note, Address relayer) {
        return send(from, domain.escrow(), BigInteger.ZERO, EscrowAbi.claim(signed(note, relayer)), GWEI);
    }

    /** All in one transaction. */
    public Bytes32 claimMany(Address from, List<Redeemed> notes, Address relayer, BigInteger priorityFee) {
        return send(from, domain.escrow(), BigInteger.ZERO,
                EscrowAbi.claimMany(notes.stream().map(note -> signed(note, relayer)).toList(), CLAIM_GAS), priorityFee);
    }

    private SignedClaim signed(Redeemed note, Address relayer) {
        Claim claim = payout(note.amount(), note.recipient(), relayer);
        var voucher = new Voucher(Address.ZERO, note.amount(), address(note.noteKey()));
        return new SignedClaim(claim, curve().sign(claim.digest(domain), note.noteKey()),
                curve().sign(voucher.digest(domain), SIGNER_KEY));
    }

    public Bytes32 exit(Address from, byte[] noteKey, Deposit deposit, Note note, List<Bytes32> path, Address recipient) {
        Claim claim = payout(note.amount(), recipient, Address.ZERO);
        return send(from, domain.escrow(), BigInteger.ZERO,
                EscrowAbi.exit(claim, curve().sign(claim.digest(domain), noteKey), deposit, note.salt(), path), GWEI);
    }

    /** The receipt of a transaction that succeeded. */
    public JsonNode receipt(Bytes32 transaction) {
        JsonNode receipt = rpc.call("eth_getTransactionReceipt", transaction.toString());
        if (!"0x1".equals(receipt.path("status").asString())) {
            throw new IllegalStateException("transaction " + transaction + " failed: " + receipt);
        }
        return receipt;
    }

    public static byte[] key(String name) {
        return Keccak.hash(name.getBytes(StandardCharsets.UTF_8)).bytes();
    }

    public static Address address(byte[] key) {
        return curve().address(key);
    }

    private static Secp256k1 curve() {
        return Secp256k1.bouncyCastle();
    }

    private static Claim payout(BigInteger amount, Address recipient, Address relayer) {
        return new Claim(Address.ZERO, amount, recipient, BigInteger.ZERO, relayer, DEADLINE);
    }

    private Bytes32 send(Address from, Address to, BigInteger wei, byte[] data, BigInteger priorityFee) {
        if (senders.add(from)) {
            rpc.call("anvil_impersonateAccount", from.hex());
            rpc.call("anvil_setBalance", from.hex(), "0x" + BigInteger.TEN.pow(27).toString(16));
        }
        var transaction = new LinkedHashMap<String, Object>();
        transaction.put("from", from.hex());
        if (to != null) {
            transaction.put("to", to.hex());
        }
        transaction.put("value", "0x" + wei.toString(16));
        transaction.put("data", Hex.encode(data));
        transaction.put("gas", "0x1c9c380");
        transaction.put("maxPriorityFeePerGas", "0x" + priorityFee.toString(16));
        transaction.put("maxFeePerGas", "0x" + priorityFee.add(GWEI.multiply(BigInteger.valueOf(50))).toString(16));
        return Bytes32.parse(rpc.call("eth_sendTransaction", transaction).asString());
    }

    private static byte[] initCode() throws IOException {
        try (var in = Address.class.getResourceAsStream("/io/walnut/contracts/WalnutEscrow.json")) {
            JsonNode bytecode = JsonMapper.shared().readTree(in.readAllBytes()).get("bytecode");
            byte[] code = Hex.decode((bytecode.isObject() ? bytecode.get("object") : bytecode).asString());
            return concatenated(code, word(OWNER), word(Address.ZERO), new byte[32]);
        }
    }

    private static byte[] call(String function, byte[]... words) {
        byte[] selector = Arrays.copyOf(Keccak.hash(function.getBytes(StandardCharsets.US_ASCII)).bytes(), 4);
        return concatenated(selector, concatenated(words));
    }

    private static byte[] word(Address address) {
        return concatenated(new byte[12], address.bytes());
    }

    private static byte[] concatenated(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    @Override
    public void close() {
        anvil.close();
    }
}
