package io.walnut.devnet.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DealParamsTest {

    @Test
    void quotesKeepAnArgumentTogether() {
        assertEquals(List.of("a", "b c", "d e", ""),
                DealParams.parse("{\"iexec_args\":\"a \\\"b c\\\" 'd e' ''\"}").arguments());
    }

    @Test
    void textThatIsNoJsonIsArguments() {
        assertEquals(List.of("just", "arguments"), DealParams.parse("just arguments").arguments());
    }

    @Test
    void secretsKeepTheirNumbers() {
        assertEquals(Map.of(2, "b", 7, "g"),
                DealParams.parse("{\"iexec_secrets\":{\"7\":\"g\",\"2\":\"b\"}}").secrets());
    }

    @Test
    void nothingIsAssumed() {
        DealParams params = DealParams.parse("{}");
        assertTrue(params.arguments().isEmpty() && params.secrets().isEmpty() && params.inputFiles().isEmpty());
        assertEquals(false, params.encryptResult());
    }
}
