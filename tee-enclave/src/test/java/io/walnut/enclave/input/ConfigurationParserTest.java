package io.walnut.enclave.input;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.walnut.enclave.RefusalCode;
import io.walnut.enclave.Refused;
import io.walnut.enclave.TaskFixture;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationParserTest {

    private static final String WHOLE = """
            {"version":1,"keyShare":"%s","chainId":"42161","escrow":"0x00000000000000000000000000000000000000e5",\
            "providers":["https://a.example/key","https://b.example","https://c.example"],"quorum":2,\
            "finality":"finalized","denied":["0x00000000000000000000000000000000000000dd"]}"""
            .formatted("b2".repeat(32));

    @Test
    void aWholeDatasetIsRead() throws Refused {
        try (Configuration configuration = parse(WHOLE)) {
            assertArrayEquals(TaskFixture.SHARE_B, configuration.keyShare());
            assertEquals(42_161, configuration.domain().chainId());
            assertEquals(3, configuration.providers().size());
            assertEquals(2, configuration.quorum());
            assertEquals(new Finality.Finalized(), configuration.finality());
            assertEquals(1, configuration.denied().size());
        }
    }

    @Test
    void closingWipesTheShare() throws Refused {
        Configuration configuration = parse(WHOLE);
        configuration.close();
        assertArrayEquals(new byte[32], configuration.keyShare());
    }

    @Test
    void printingShowsNeitherShareNorEndpoints() throws Refused {
        String printed = parse(WHOLE).toString();
        assertFalse(printed.contains("b2b2") || printed.contains("example"), printed);
    }

    @Test
    void aDepthIsReadAsOne() throws Refused {
        assertEquals(new Finality.Depth(20), parse(WHOLE.replace("\"finalized\"", "20")).finality());
    }

    @Test
    void oneProviderOnLoopbackIsEnoughForATestNetwork() throws Refused {
        assertEquals(1, parse(withProviders("\"http://127.0.0.1:8545\"", 1)).providers().size());
        assertEquals(2, parse(withProviders("\"http://localhost:1/?a\",\"http://localhost:1/?b\"", 2)).quorum());
    }

    /** Otherwise two different headers could have a quorum each. */
    @Test
    void halfOfTheProvidersAreNoQuorum() throws Refused {
        String four = "\"https://a.example\",\"https://b.example\",\"https://c.example\",\"https://d.example\"";
        assertRefused(RefusalCode.DATASET_QUORUM, withProviders(four, 2));
        assertEquals(3, parse(withProviders(four, 3)).quorum());
        assertRefused(RefusalCode.DATASET_QUORUM,
                withProviders("\"http://localhost:1/?a\",\"http://localhost:1/?b\"", 1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "\"version\":1 | \"version\":2 | DATASET_VERSION",
        "\"version\":1 | \"version\":\"1\" | DATASET_VERSION",
        "\"version\":1 | \"version\":1.0 | DATASET_VERSION",
        "\"version\":1 | \"version\":99999999999999999999 | DATASET_VERSION",
        "\"version\":1, | \"\" | DATASET_NOT_JSON",
        "\"version\":1, | `` | DATASET_MEMBER_MISSING",
        "\"version\":1 | \"version\":1,\"version\":1 | DATASET_MEMBER_REPEATED",
        "\"version\":1 | \"version\":1,\"more\":1 | DATASET_MEMBER_UNKNOWN",
        "b2b2\" | b2B2\" | DATASET_KEY_SHARE",
        "b2b2\" | b2b\" | DATASET_KEY_SHARE",
        "b2b2\" | b2b2b2\" | DATASET_KEY_SHARE",
        "\"chainId\":\"42161\" | \"chainId\":42161 | DATASET_CHAIN_ID",
        "\"chainId\":\"42161\" | \"chainId\":\"042161\" | DATASET_CHAIN_ID",
        "\"chainId\":\"42161\" | \"chainId\":\"0\" | DATASET_CHAIN_ID",
        "\"chainId\":\"42161\" | \"chainId\":\"-1\" | DATASET_CHAIN_ID",
        "\"chainId\":\"42161\" | \"chainId\":\"9223372036854775808\" | DATASET_CHAIN_ID",
        "\"chainId\":\"42161\" | \"chainId\":\"\" | DATASET_CHAIN_ID",
        "000000e5 | 000000e | DATASET_ESCROW",
        "0x00000000000000000000000000000000000000e5 | 0x0000000000000000000000000000000000000000 | DATASET_ESCROW",
        "\"https://a.example/key\" | 7 | DATASET_PROVIDERS",
        "https://a.example/key | http://a.example/key | DATASET_PROVIDERS",
        "https://a.example/key | https://B.example/other | DATASET_PROVIDERS",
        "https://a.example/key | https://user:pass@a.example | DATASET_PROVIDERS",
        "https://a.example/key | https://a.example/#x | DATASET_PROVIDERS",
        "https://a.example/key | file:///etc/passwd | DATASET_PROVIDERS",
        "https://a.example/key | https:// | DATASET_PROVIDERS",
        "https://a.example/key | not a url | DATASET_PROVIDERS",
        "\"quorum\":2 | \"quorum\":1 | DATASET_QUORUM",
        "\"quorum\":2 | \"quorum\":4 | DATASET_QUORUM",
        "\"quorum\":2 | \"quorum\":0 | DATASET_QUORUM",
        "\"quorum\":2 | \"quorum\":-2 | DATASET_QUORUM",
        "\"quorum\":2 | \"quorum\":\"2\" | DATASET_QUORUM",
        "\"finalized\" | \"latest\" | DATASET_FINALITY",
        "\"finalized\" | 0 | DATASET_FINALITY",
        "\"finalized\" | -5 | DATASET_FINALITY",
        "\"finalized\" | 1000001 | DATASET_FINALITY",
        "\"finalized\" | null | DATASET_FINALITY",
        "000000dd\" | 00000dd\" | DATASET_DENIED",
        "[\"0x00000000000000000000000000000000000000dd\"] | {} | DATASET_DENIED",
        "[\"0x00000000000000000000000000000000000000dd\"] | [null] | DATASET_DENIED",
        "\"denied\" | \"DENIED\" | DATASET_MEMBER_UNKNOWN",
    })
    void eachWrongMemberHasItsCode(String part, String wrong, RefusalCode code) {
        assertEquals(true, WHOLE.contains(part), part);
        assertRefused(code, WHOLE.replace(part, wrong));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "1", "[]", "{", "{}x", "{\"version\"", "\u0000", "{'version':1}"})
    void whatIsNoObjectIsNotJsonForUs(String text) {
        assertRefused(RefusalCode.DATASET_NOT_JSON, text);
    }

    @Test
    void anEmptyObjectMissesItsMembers() {
        assertRefused(RefusalCode.DATASET_MEMBER_MISSING, "{}");
    }

    @Test
    void nothingMayFollowTheObject() {
        assertRefused(RefusalCode.DATASET_NOT_JSON, WHOLE + "{}");
    }

    @Test
    void theLimitsHold() {
        assertRefused(RefusalCode.DATASET_TOO_LARGE, WHOLE + " ".repeat(ConfigurationParser.MAX_BYTES));
        assertRefused(RefusalCode.DATASET_NOT_JSON, "[".repeat(100_000));
        assertRefused(RefusalCode.DATASET_NOT_JSON, WHOLE.replace("\"version\":1",
                "\"" + "v".repeat(100) + "\":1,\"version\":1"));
        assertRefused(RefusalCode.DATASET_PROVIDERS, withProviders(IntStream.range(0, 10)
                .mapToObj("\"https://p%d.example\""::formatted).collect(Collectors.joining(",")), 9));
        assertRefused(RefusalCode.DATASET_PROVIDERS, withProviders(
                "\"https://a.example/" + "k".repeat(500) + "\",\"https://b.example\"", 2));
        assertRefused(RefusalCode.DATASET_DENIED, WHOLE.replaceFirst("\\[\"0x0[0-9a-f]+\"]",
                IntStream.rangeClosed(1, ConfigurationParser.MAX_DENIED + 1).mapToObj("\"0x%040x\""::formatted)
                        .collect(Collectors.joining(",", "[", "]"))));
    }

    private static String withProviders(String providers, int quorum) {
        return WHOLE.replaceFirst("\\[\"https.*?]", "[" + providers + "]").replace("\"quorum\":2", "\"quorum\":" + quorum);
    }

    private static void assertRefused(RefusalCode code, String dataset) {
        assertEquals(code, assertThrows(Refused.class, () -> parse(dataset)).code());
    }

    private static Configuration parse(String dataset) throws Refused {
        return ConfigurationParser.parse(dataset.getBytes(StandardCharsets.UTF_8));
    }
}
