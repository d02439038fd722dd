package io.walnut.enclave.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.walnut.enclave.json.BoundedJson;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers of public chains; the shapes between London and Prague come from a live node in AnvilHeadersIT. */
class BlockHeaderTest {

    static Stream<Arguments> publicHeaders() throws IOException {
        var headers = Stream.<Arguments>builder();
        try (var in = BlockHeaderTest.class.getResourceAsStream("headers.json");
                JsonParser json = BoundedJson.parser(in.readAllBytes())) {
            String chain = null;
            Map<String, String> fields = new HashMap<>();
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.VALUE_STRING) {
                    if (json.currentName().equals("chain")) {
                        chain = json.getText();
                    } else {
                        fields.put(json.currentName(), json.getText());
                    }
                } else if (json.currentToken() == JsonToken.END_OBJECT && !fields.isEmpty()) {
                    headers.add(Arguments.of(chain, Map.copyOf(fields)));
                    fields.clear();
                }
            }
        }
        return headers.build();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("publicHeaders")
    void aPublicHeaderHashesToWhatItsChainCallsIt(String chain, Map<String, String> fields) {
        BlockHeader header = BlockHeader.ofFields(fields).orElseThrow();
        assertEquals(fields.get("hash"), header.hash().toString());
        assertEquals(Long.decode(fields.get("number")), header.number());
        assertEquals(fields.get("stateRoot"), header.stateRoot().toString());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("publicHeaders")
    void changingAnyHashedFieldChangesTheHash(String chain, Map<String, String> fields) {
        for (String name : fields.keySet()) {
            if (BlockHeader.isField(name)) {
                var changed = new HashMap<>(fields);
                String value = fields.get(name);
                char last = value.charAt(value.length() - 1);
                changed.put(name, value.equals("0x0") ? "0x1"
                        : value.substring(0, value.length() - 1) + (last == 'a' ? 'b' : 'a'));
                assertNotEquals(fields.get("hash"),
                        BlockHeader.ofFields(changed).orElseThrow().hash().toString(), name);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"parentHash", "stateRoot", "logsBloom", "number", "mixHash", "nonce", "baseFeePerGas"})
    void aHeaderWithoutALondonFieldIsRefused(String name) throws IOException {
        var fields = prague();
        fields.remove(name);
        assertTrue(BlockHeader.ofFields(fields).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"withdrawalsRoot", "blobGasUsed", "excessBlobGas", "parentBeaconBlockRoot"})
    void aLaterForksFieldNeedsTheEarlierOnes(String name) throws IOException {
        var fields = prague();
        fields.remove(name);
        assertTrue(BlockHeader.ofFields(fields).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0x", "0x00", "0x01", "1", "0xg", "0X1", "-0x1", "0x1 "})
    void aNumberThatIsNotAQuantityIsRefused(String text) throws IOException {
        var fields = prague();
        fields.put("gasUsed", text);
        assertTrue(BlockHeader.ofFields(fields).isEmpty());
    }

    @Test
    void aHeightBeyondSixtyThreeBitsIsRefused() throws IOException {
        var fields = prague();
        fields.put("number", "0x8000000000000000");
        assertTrue(BlockHeader.ofFields(fields).isEmpty());
    }

    @Test
    void aHashOfAnotherLengthIsRefused() throws IOException {
        var fields = prague();
        fields.put("stateRoot", fields.get("stateRoot") + "00");
        assertTrue(BlockHeader.ofFields(fields).isEmpty());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> prague() throws IOException {
        return new HashMap<>((Map<String, String>) publicHeaders()
                .filter(arguments -> arguments.get()[0].equals("Ethereum, Prague"))
                .findFirst().orElseThrow().get()[1]);
    }
}
