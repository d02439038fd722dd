package io.walnut.devnet.walnut;

import static io.walnut.devnet.rpc.Abi.address;
import static io.walnut.devnet.rpc.Abi.bytes;
import static io.walnut.devnet.rpc.Abi.bytes32;
import static io.walnut.devnet.rpc.Abi.string;
import static io.walnut.devnet.rpc.Abi.uint;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.EscrowDomain;
import io.walnut.contracts.Hex;
import io.walnut.contracts.KeyDerivation;
import io.walnut.contracts.Secp256k1;
import io.walnut.devnet.Accounts;
import io.walnut.devnet.DevnetException;
import io.walnut.devnet.Framework;
import io.walnut.devnet.poco.Artifact;
import io.walnut.devnet.poco.PocoContracts;
import io.walnut.devnet.rpc.Abi;
import io.walnut.devnet.rpc.Account;
import io.walnut.devnet.rpc.Transactions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.web3j.abi.datatypes.Type;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Walnut on the devnet: the escrow, the enclave as an iExec app, its configuration as a confidential
 * dataset, and a workerpool. The enclave's key shares are made here and live as long as the devnet.
 */
public final class WalnutDeployment {

    /** What the devnet runs when a deal is for an app of this multiaddr. */
    public static final String ENCLAVE_MULTIADDR = "docker.io/walnut/tee-enclave:0.1.0";

    private static final String ARTIFACT = "/io/walnut/contracts/WalnutEscrow.json";
    private static final int QUORUM = 2;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Accounts accounts;
    private final PocoContracts poco;
    private final Transactions.Batch batch;
    private final byte[] shareA = random();
    private final byte[] shareB = random();

    private EncryptedDataset dataset;
    private Address escrow;
    private Address signer;

    public WalnutDeployment(Accounts accounts, PocoContracts poco, Transactions.Batch batch) {
        this.accounts = accounts;
        this.poco = poco;
        this.batch = batch;
    }

    /**
     * Adds everything to the batch.
     *
     * @param providers the RPC endpoints that the enclave asks
     * @param store takes the encrypted dataset and gives its CID
     */
    public void deploy(long chainId, List<URI> providers, Framework framework, Function<byte[], String> store) {
        Account owner = accounts.owner();
        // No delay: the escrow is new, so there is no deposit whose owner would want time to leave.
        escrow = batch.create(owner, artifact().initCode(Map.of(), address(owner.address()),
                address(accounts.guardian().address()), uint(0)));
        signer = signer(new EscrowDomain(chainId, escrow));
        call(escrow, "addSigner(address)", address(signer));
        dataset = EncryptedDataset.of(configuration(chainId, providers));
        String cid = store.apply(dataset.file());
        call(poco.workerpoolRegistry(), "createWorkerpool(address,string)", address(accounts.scheduler().address()),
                string("devnet"));
        call(poco.appRegistry(), "createApp(address,string,string,bytes,bytes32,bytes)",
                address(accounts.appDeveloper().address()), string("walnut-enclave"), string("DOCKER"),
                bytes(ENCLAVE_MULTIADDR.getBytes(StandardCharsets.UTF_8)), bytes32(Bytes32.ZERO),
                bytes(measurement(framework)));
        call(poco.datasetRegistry(), "createDataset(address,string,bytes,bytes32)",
                address(accounts.datasetOwner().address()), string("walnut-configuration"),
                bytes(("/ipfs/" + cid).getBytes(StandardCharsets.UTF_8)), bytes32(dataset.checksum()));
    }

    /** @param receipts of the batch, with nothing after what {@link #deploy} added */
    public WalnutContracts deployed(List<JsonNode> receipts) {
        int end = receipts.size();
        return new WalnutContracts(escrow, signer, created(receipts.get(end - 2)), created(receipts.get(end - 1)),
                created(receipts.get(end - 3)));
    }

    /** Share A as the app developer secret. */
    public byte[] appSecret() {
        return Hex.digits(shareA).getBytes(StandardCharsets.US_ASCII);
    }

    /** The key of the dataset, as the SMS keeps it. */
    public byte[] datasetKey() {
        return dataset.base64Key();
    }

    private Address signer(EscrowDomain domain) {
        byte[] key = KeyDerivation.signerKey(shareA, shareB, domain);
        try {
            return Secp256k1.bouncyCastle().address(key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private byte[] configuration(long chainId, List<URI> providers) {
        var json = new LinkedHashMap<String, Object>();
        json.put("version", 1);
        json.put("keyShare", Hex.digits(shareB));
        json.put("chainId", Long.toString(chainId));
        json.put("escrow", escrow.hex());
        json.put("providers", providers.stream().map(URI::toString).toList());
        json.put("quorum", QUORUM);
        json.put("finality", "finalized");
        json.put("denied", List.of());
        return JsonMapper.shared().writeValueAsBytes(json);
    }

    /** SCONE apps register what SGX would measure; TDX apps register nothing. The devnet measures nothing. */
    private static byte[] measurement(Framework framework) {
        return switch (framework) {
            case TDX -> new byte[0];
            case SCONE -> JsonMapper.shared().writeValueAsBytes(new TreeMap<>(Map.of("framework", "SCONE",
                    "version", "v5", "entrypoint", "java -jar /app/walnut-enclave.jar", "heapSize", 1_073_741_824L,
                    "fingerprint", "0".repeat(64))));
        };
    }

    /** A registry entry's address is the number of the token that was minted for it. */
    private static Address created(JsonNode receipt) {
        Bytes32 transfer = Abi.topic("Transfer(address,address,uint256)");
        for (JsonNode log : receipt.get("logs")) {
            JsonNode topics = log.get("topics");
            if (topics.get(0).asString().equals(transfer.toString())) {
                return Address.of(Arrays.copyOfRange(Hex.decode(topics.get(3).asString()), 12, 32));
            }
        }
        throw new IllegalStateException("a registry created nothing");
    }

    private static Artifact artifact() {
        try (InputStream in = WalnutDeployment.class.getResourceAsStream(ARTIFACT)) {
            if (in == null) {
                throw new DevnetException("ARTIFACT_MISSING",
                        "the escrow's bytecode is not in the contracts jar: build the contracts module");
            }
            return Artifact.of(in.readAllBytes());
        } catch (IOException e) {
            throw new DevnetException("ARTIFACT_MISSING", "the escrow's bytecode cannot be read", e);
        }
    }

    private void call(Address to, String signature, Type<?>... values) {
        batch.call(accounts.owner(), to, Abi.call(signature, values));
    }

    private static byte[] random() {
        byte[] bytes = new byte[KeyDerivation.SECRET_LENGTH];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
