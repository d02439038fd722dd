package io.walnut.devnet.poco;

import io.walnut.contracts.Address;
import io.walnut.contracts.Hex;
import io.walnut.contracts.Keccak;
import io.walnut.devnet.DevnetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.web3j.abi.datatypes.Type;
import io.walnut.devnet.rpc.Abi;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A compiled contract as a compiler's JSON file holds it. */
public final class Artifact {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JsonNode json;

    private Artifact(JsonNode json) {
        this.json = json;
    }

    public static Artifact of(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new DevnetException("ARTIFACT_MISSING",
                    file + " is missing: build the devnet module, which runs npm ci");
        }
        return new Artifact(JSON.readTree(file.toFile()));
    }

    public static Artifact of(byte[] json) {
        return new Artifact(JSON.readTree(json));
    }

    /** What a creation transaction carries: linked code and encoded constructor values. */
    public byte[] initCode(Map<String, Address> libraries, Type<?>... values) {
        byte[] code = code(libraries);
        byte[] arguments = Abi.encode(values);
        byte[] out = Arrays.copyOf(code, code.length + arguments.length);
        System.arraycopy(arguments, 0, out, code.length, arguments.length);
        return out;
    }

    /** The selectors of all functions. */
    public List<byte[]> selectors() {
        var selectors = new ArrayList<byte[]>();
        for (JsonNode entry : json.get("abi")) {
            if (entry.path("type").asString().equals("function")) {
                byte[] signature = (entry.get("name").asString() + types(entry.get("inputs")))
                        .getBytes(StandardCharsets.US_ASCII);
                selectors.add(Arrays.copyOf(Keccak.hash(signature).bytes(), 4));
            }
        }
        return selectors;
    }

    private byte[] code(Map<String, Address> libraries) {
        JsonNode bytecode = json.get("bytecode");
        var hex = new StringBuilder((bytecode.isObject() ? bytecode.get("object") : bytecode).asString());
        for (JsonNode file : json.path("linkReferences")) {
            for (var library : file.properties()) {
                String digits = Hex.digits(libraries.get(library.getKey()).bytes());
                for (JsonNode position : library.getValue()) {
                    int at = 2 + position.get("start").asInt() * 2;
                    hex.replace(at, at + digits.length(), digits);
                }
            }
        }
        return Hex.decode(hex.toString());
    }

    private static String types(JsonNode inputs) {
        var types = new StringJoiner(",", "(", ")");
        for (JsonNode input : inputs) {
            String type = input.get("type").asString();
            types.add(type.startsWith("tuple")
                    ? types(input.get("components")) + type.substring("tuple".length()) : type);
        }
        return types.toString();
    }
}
