package io.walnut.enclave.rpc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Hex;
import io.walnut.enclave.chain.AccountProof;
import io.walnut.enclave.chain.BlockHeader;
import io.walnut.enclave.chain.MerklePatriciaProof;
import io.walnut.enclave.chain.Quantity;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The four questions that the enclave puts to an Ethereum node. */
public final class Provider {

    private static final int MAX_HEIGHT_BITS = 62;

    private final HttpTransport transport;

    public Provider(URI endpoint, RpcLimits limits) {
        this.transport = new HttpTransport(endpoint, limits);
    }

    public BigInteger chainId() throws ProviderFault {
        return quantity(call("eth_chainId", "", JsonRpcAnswer::text));
    }

    /** The height of the newest block. */
    public long head() throws ProviderFault {
        BigInteger height = quantity(call("eth_blockNumber", "", JsonRpcAnswer::text));
        JsonRpcAnswer.require(height.bitLength() <= MAX_HEIGHT_BITS);
        return height.longValueExact();
    }

    public BlockHeader finalizedHeader() throws ProviderFault {
        return header("finalized");
    }

    /** @return a header whose hash was computed here and is the one the provider names */
    public BlockHeader headerAt(long height) throws ProviderFault {
        BlockHeader header = header(Quantity.encode(height));
        if (header.number() != height) {
            throw new ProviderFault(Fault.WRONG_HEADER);
        }
        return header;
    }

    /** @return a proof that is not verified yet */
    public AccountProof proof(Address account, Bytes32 slot, long height) throws ProviderFault {
        String parameters = "\"%s\",[\"%s\"],\"%s\"".formatted(account.hex(), slot, Quantity.encode(height));
        return call("eth_getProof", parameters, Provider::accountProof);
    }

    private BlockHeader header(String block) throws ProviderFault {
        Map<String, String> fields = call("eth_getBlockByNumber", "\"" + block + "\",false",
                json -> JsonRpcAnswer.texts(json, name -> name.equals("hash") || BlockHeader.isField(name)));
        BlockHeader header = BlockHeader.ofFields(fields).orElseThrow(() -> new ProviderFault(Fault.MALFORMED));
        if (!header.hash().toString().equalsIgnoreCase(fields.get("hash"))) {
            throw new ProviderFault(Fault.WRONG_HEADER);
        }
        return header;
    }

    private <T> T call(String method, String parameters, JsonRpcAnswer.ResultReader<T> reader) throws ProviderFault {
        String request = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":[" + parameters + "]}";
        return JsonRpcAnswer.result(transport.post(request.getBytes(StandardCharsets.US_ASCII)), reader);
    }

    private static BigInteger quantity(String text) throws ProviderFault {
        return Quantity.parse(text).orElseThrow(() -> new ProviderFault(Fault.MALFORMED));
    }

    static AccountProof accountProof(JsonParser json) throws IOException, ProviderFault {
        JsonRpcAnswer.require(json.currentToken() == JsonToken.START_OBJECT);
        MerklePatriciaProof account = null;
        MerklePatriciaProof storage = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "accountProof" -> account = nodes(json);
                case "storageProof" -> storage = onlySlot(json);
                default -> json.skipChildren();
            }
        }
        JsonRpcAnswer.require(account != null && storage != null);
        return new AccountProof(account, storage);
    }

    /** One slot was asked for. */
    private static MerklePatriciaProof onlySlot(JsonParser json) throws IOException, ProviderFault {
        JsonRpcAnswer.require(json.currentToken() == JsonToken.START_ARRAY);
        JsonRpcAnswer.require(json.nextToken() == JsonToken.START_OBJECT);
        MerklePatriciaProof proof = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            if (name.equals("proof")) {
                proof = nodes(json);
            } else {
                json.skipChildren();
            }
        }
        JsonRpcAnswer.require(json.nextToken() == JsonToken.END_ARRAY && proof != null);
        return proof;
    }

    private static MerklePatriciaProof nodes(JsonParser json) throws IOException, ProviderFault {
        var nodes = new ArrayList<byte[]>();
        for (String text : JsonRpcAnswer.textArray(json, MerklePatriciaProof.MAX_NODES)) {
            try {
                nodes.add(Hex.decode(text));
            } catch (IllegalArgumentException e) {
                throw new ProviderFault(Fault.MALFORMED);
            }
        }
        return new MerklePatriciaProof(List.copyOf(nodes));
    }
}
