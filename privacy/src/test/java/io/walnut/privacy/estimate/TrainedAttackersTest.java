package io.walnut.privacy.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.walnut.privacy.simulation.Asset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The attackers that come with the program; all twelve are learned in the same way. */
class TrainedAttackersTest {

    /** If it is not, run {@code ./walnut privacy --train} and commit the file. */
    @ParameterizedTest
    @CsvSource({"EXACT_AT_ONCE, USDC", "STANDARD_AHEAD, USDC", "STANDARD_DELAYED, ETH", "STANDARD_AHEAD, ETH"})
    void theShippedAttackerIsWhatWouldBeLearnedNow(Practice practice, String symbol) {
        Asset asset = symbol.equals("USDC") ? Asset.USDC : Asset.ETH;
        assertEquals(TrainedAttackers.train(practice, asset).toString(),
                TrainedAttackers.shipped().learned(practice, asset).toString());
    }
}
