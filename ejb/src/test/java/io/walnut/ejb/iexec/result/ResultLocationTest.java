package io.walnut.ejb.iexec.result;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

class ResultLocationTest {

    private static Optional<ResultLocation> parse(String json) {
        return ResultLocation.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anIpfsLocationIsRead() {
        assertEquals(Optional.of(new ResultLocation("/ipfs/QmW2WQi7j6c7UgJTarActp7tDNikE4B2qXtFCfLPdsgaTQ")),
                parse("{\"storage\":\"ipfs\",\"location\":\"/ipfs/QmW2WQi7j6c7UgJTarActp7tDNikE4B2qXtFCfLPdsgaTQ\"}"));
    }

    @Test
    void aWorkerCannotChooseWhatIsAskedOfAGateway() {
        for (String location : new String[] {"/ipfs/../admin", "//evil.example/ipfs/Qm", "http://evil.example/ipfs/Qm",
                "/ipfs/Qm?x=1", "/ipfs/Qm/../../x", "/ipfs/", "/dropbox/x", "/ipfs/" + "a".repeat(129)}) {
            assertEquals(Optional.empty(), parse("{\"storage\":\"ipfs\",\"location\":\"" + location + "\"}"), location);
        }
    }

    @Test
    void otherStorageNonsenseAndOversizeAreNoLocation() {
        assertEquals(Optional.empty(), parse("{\"storage\":\"dropbox\",\"location\":\"/ipfs/Qm\"}"));
        assertEquals(Optional.empty(), parse(""));
        assertEquals(Optional.empty(), parse("[["));
        assertEquals(Optional.empty(), parse("{\"storage\":\"ipfs\",\"location\":\"/ipfs/Qm\"," + " ".repeat(2_000) + "}"));
    }
}
